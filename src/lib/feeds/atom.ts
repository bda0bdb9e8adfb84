import { absolute } from './address.ts';
import { document, type Element } from './xml.ts';

/** The media type of a feed, as links to it say. */
export const ATOM = 'application/atom+xml';
const PAGE = 'text/html';

const NAMESPACES = {
	xmlns: 'http://www.w3.org/2005/Atom',
	'xmlns:thr': 'http://purl.org/syndication/thread/1.0'
};

/** The site that a feed is of. */
export interface FeedOf {
	name: string;
	/** Where it is, without a slash at the end. */
	origin: string;
}

/** Somebody in a feed; `path` leads to their page here. */
export interface FeedPerson {
	name: string;
	path: string | null;
}

/** Something that a feed tells of. Paths are of this site. */
export interface FeedEntry {
	path: string;
	title: string;
	author: FeedPerson | null;
	publishedAt: Date;
	updatedAt: Date;
	/** Plain text. */
	summary?: string;
	/** Safe HTML. */
	html?: string;
	category?: { slug: string; name: string } | null;
	/** What it answers, by its path. */
	inReplyTo?: string;
	/** The feed of what was said about it, and how much that is. */
	replies?: { path: string; count: number };
}

/** What stands in a feed, newest first. */
export interface Feed {
	title: string;
	/** Its own path, and that of the page with the same. */
	path: string;
	page: string;
	entries: FeedEntry[];
}

// Each attribute is in quotation marks, and no text has a bare `<`: nothing but a link begins like one.
const LINK_WITHIN = /(<a\s(?:[^<>]*\s)?href=")(\/(?!\/)[^"]*)/g;

/** HTML as it can be read elsewhere: its links within the site lead there. */
function readElsewhere(html: string, { origin }: FeedOf): string {
	return html.replace(LINK_WITHIN, (_, before: string, path: string) => before + origin + path);
}

function author({ name, path }: FeedPerson, { origin }: FeedOf): Element {
	const uri: Element[] = path === null ? [] : [['uri', {}, absolute(origin, path)]];
	return ['author', {}, [['name', {}, name], ...uri]];
}

function link(rel: string, type: string, href: string, more: Record<string, string> = {}): Element {
	return ['link', { rel, type, href, ...more }];
}

function entryElement(entry: FeedEntry, of: FeedOf): Element {
	const { title, summary, html, category, inReplyTo, replies } = entry;
	const at = (path: string) => absolute(of.origin, path);
	const parts: (Element | false | undefined | null | '')[] = [
		['id', {}, at(entry.path)],
		['title', {}, title],
		link('alternate', PAGE, at(entry.path)),
		replies && link('replies', ATOM, at(replies.path), { 'thr:count': String(replies.count) }),
		inReplyTo !== undefined && [
			'thr:in-reply-to',
			{ ref: at(inReplyTo), href: at(inReplyTo), type: PAGE }
		],
		entry.author && author(entry.author, of),
		category && ['category', { term: category.slug, label: category.name }],
		['published', {}, entry.publishedAt.toISOString()],
		['updated', {}, entry.updatedAt.toISOString()],
		summary && ['summary', {}, summary],
		html !== undefined && ['content', { type: 'html' }, readElsewhere(html, of)]
	];
	return ['entry', {}, parts.filter((part) => Array.isArray(part))];
}

/** The latest of times; the beginning of all time where there is none. */
function latest(times: Date[]): Date {
	return new Date(times.reduce((last, at) => Math.max(last, at.getTime()), 0));
}

/** Writes a feed as Atom (RFC 4287, with RFC 4685 for what answers what). */
export function write({ title, path, page, entries }: Feed, of: FeedOf): string {
	const at = (path: string) => absolute(of.origin, path);
	return document([
		'feed',
		NAMESPACES,
		[
			['id', {}, at(path)],
			['title', {}, title],
			['updated', {}, latest(entries.map(({ updatedAt }) => updatedAt)).toISOString()],
			link('self', ATOM, at(path)),
			link('alternate', PAGE, at(page)),
			// Of what has no author of its own.
			author({ name: of.name, path: '/' }, of),
			...entries.map((entry) => entryElement(entry, of))
		]
	]);
}
