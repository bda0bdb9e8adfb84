import type { Role } from '../actor.ts';
import type { CommentingState } from '../articles/commenting-states.ts';
import type { Ground } from '../moderation/grounds.ts';
import type { QuoteMatch } from '../quotes/matches.ts';
import type { CommentStatus } from './statuses.ts';

/** Someone as a page shows them; `url` is null for people without an account (any more). */
export interface PersonView {
	name: string;
	url: string | null;
	role: Role | 'guest';
	/** The address of the picture that they chose. */
	picture?: string;
}

/** A piece of a body ready to show: safe HTML or a quote. */
export type BlockView = { html: string } | { quote: QuoteView };

/** A quote as this reader may see it. */
export interface QuoteView {
	id: string;
	match: QuoteMatch;
	/** "NAME" of "NAME said,"; null when nobody was named, or the words are withdrawn. */
	saidBy: string | null;
	/** Where the words stand: `/c/ID` or the article's address; null when no source may be shown. */
	sourceUrl: string | null;
	/** The id of the quoted comment, for links within the page. */
	sourceId: string | null;
	/** The source was edited after these words were quoted. */
	earlierVersion: boolean;
	/** Where that earlier version stands; null when there is none to be read. */
	versionUrl: string | null;
	/** The quote's own page, `/quotes/ID`; null while it is only previewed, or withdrawn. */
	url: string | null;
	/** The source may not be read (any more): no words are given. */
	withdrawn: boolean;
	blocks: BlockView[];
}

/** What this reader may do with a comment. */
export interface CommentRights {
	reply: boolean;
	quote: boolean;
	recommend: boolean;
	edit: boolean;
	delete: boolean;
	remove: boolean;
	restore: boolean;
	/** Approve or reject: it waits. */
	decide: boolean;
	/** Say that something is wrong with it. */
	report: boolean;
	/** Give notice that it is illegal, without an account. */
	notify: boolean;
	/** Follow the thread that it begins. */
	follow: boolean;
	/** Mute its author. */
	mute: boolean;
	/** Pick it, or take that back. */
	pick: boolean;
}

/** A comment as this reader may see it. */
export interface CommentView {
	id: string;
	/** `/c/ID` */
	url: string;
	article: { id: string; slug: string; title: string; revision: number };
	rootId: string;
	parentId: string | null;
	depth: number;
	/** A reply's number under its root; null for roots and while it waits. */
	replySeq: number | null;
	/** The author of the comment it replies to, for "replying to NAME"; null for roots or when unknown. */
	replyingTo: { id: string; name: string } | null;
	/** Null when its author deleted it. */
	author: PersonView | null;
	status: CommentStatus;
	/** Why screening held or rejected it, in sentences, for its author and moderators; null for others. */
	held: string[] | null;
	/** The kind of reason for which a moderator removed it; null where none is kept. */
	ground: Ground | null;
	/** Null when the text is not for this reader. */
	blocks: BlockView[] | null;
	revision: number;
	score: number;
	/** Published comments that quote it now and that this reader may see; 100 means that many or more. */
	quotedBy: number;
	createdAt: Date;
	editedAt: Date | null;
	mine: boolean;
	/** Written by the account of the article's byline. */
	byAuthor: boolean;
	/** An editor picked it. */
	picked: boolean;
	recommended: boolean;
	/** This reader muted its author. */
	muted: boolean;
	/** Readers reported it: folded for everybody but its author, until a moderator looks. */
	folded: boolean;
	/** This reader follows the thread that it begins. */
	followed: boolean;
	can: CommentRights;
}

/** A root with the first of its replies, in reading order (each reply somewhere under its parent). */
export interface ThreadView {
	root: CommentView;
	replies: CommentView[];
	/** Replies of the root that are not in `replies`. */
	moreReplies: number;
}

/** The comment state that holds now, with what is said of it to everyone. */
export interface CommentingView {
	state: CommentingState;
	note: string;
	until: Date | null;
	since: Date | null;
}

/** The orders in which threads are read. */
export const SORTS = ['newest', 'oldest', 'best', 'replied'] as const;
/** An order of threads. */
export type Sort = (typeof SORTS)[number];

/** One page of a discussion. */
export interface DiscussionView {
	threads: ThreadView[];
	sort: Sort;
	/** Cursor of the page before this one; null at the beginning. */
	previous: string | null;
	/** Cursor of the page after this one; null at the end. */
	next: string | null;
	/** This reader's own comments that wait for a moderator, newest last. */
	waiting: CommentView[];
	/** Set instead of threads when only what quotes one passage of the article is shown. */
	passage?: PassageView;
}

/** The comments of a discussion that quote a passage of its article, oldest first. */
export interface PassageView {
	key: string;
	items: CommentView[];
	/** Cursor of the page after this one; null at the end. */
	next: string | null;
}
