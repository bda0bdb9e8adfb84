import type { ReportReason } from '../lib/server/moderation/report-reasons.ts';

/** Someone with an account in the demo newsroom. */
export type Person = {
	/** How the demo's own files refer to this person; never shown. */
	key: string;
	name: string;
	role: 'reader' | 'moderator' | 'editor' | 'admin';
	bio?: string;
};

/** An author as printed above an article. */
export type DemoByline = {
	slug: string;
	name: string;
	role: string;
	bio: string;
	/** Key of the person whose account this byline belongs to, if there is one. */
	person?: string;
};

/** A section of the newspaper. */
export type DemoCategory = {
	slug: string;
	name: string;
	description: string;
};

/**
 * A comment. In `body` (Markdown) a quote is a blockquote whose first line is
 * `[NAME said,](/c/KEY)`, with KEY the quoted comment's `key`; whoever loads the demo puts real ids
 * in place of the keys. A blockquote whose first line is a bare `NAME said,` quotes somebody who is
 * not on the page.
 */
export type DemoComment = {
	/** Unique in the whole demo: lower-case letters, digits and hyphens. */
	key: string;
	/** Key of the person who wrote it. */
	by: string;
	/** Minutes after the article was published. */
	minutesAfter: number;
	body: string;
	/** Key of an earlier comment of the same article. */
	replyTo?: string;
	/** `published` where absent. */
	status?: 'published' | 'pending' | 'removed' | 'deleted';
	/** Why a removed comment was removed. */
	reason?: string;
	/** Keys of the people who recommend it, each once, never its author. */
	recommendedBy?: string[];
	/** When it was last edited, in minutes after the article was published. */
	editedMinutesAfter?: number;
	/** The text before that edit. */
	earlierBody?: string;
	/** Keys of comments that this one misquotes on purpose. */
	misquotes?: string[];
};

/** An article with its whole discussion, the comments in the order in which they were written. */
export type DemoArticle = {
	slug: string;
	title: string;
	standfirst: string;
	/** Markdown. */
	body: string;
	/** Slug of a category. */
	category: string;
	/** Slug of a byline. */
	byline: string;
	source?: { name: string; url?: string };
	image?: { url?: string; alt?: string; credit?: string };
	commenting: 'open' | 'premoderated' | 'disabled' | 'hidden';
	/** What readers are told about the comment state. */
	commentingReason?: string;
	/** Hours before the demo is loaded at which the article was published. */
	hoursAgo: number;
	comments: DemoComment[];
};

/** Somebody who follows a discussion. */
export type DemoFollow = {
	/** Key of the person. */
	person: string;
	/** Slug of the article. */
	article: string;
	/** Minutes after the article was published. */
	minutesAfter: number;
};

/** What a reader says is wrong with a comment. */
export type DemoReport = {
	/** Key of the comment. */
	comment: string;
	/** Key of the person who reports it. */
	by: string;
	reason: ReportReason;
	note?: string;
	/** Minutes after the article was published. */
	minutesAfter: number;
};

/** A whole small newspaper. */
export type DemoSite = {
	name: string;
	/** One line under the name. */
	tagline: string;
	categories: DemoCategory[];
	bylines: DemoByline[];
	people: Person[];
	/** Newest first. */
	articles: DemoArticle[];
	follows: DemoFollow[];
	reports: DemoReport[];
};
