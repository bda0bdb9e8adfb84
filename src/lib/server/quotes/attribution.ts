import { isId } from '../ids.ts';

/** What an attribution may link to. */
export type QuoteLink = { comment: string } | { article: string };

/** Who says what an article says. */
export const ARTICLE_NAME = 'The article';

/** Who is said to have said something. */
export interface Attribution {
	/** The name, as typed. */
	name: string;
	/** What it links to, if it links to something of ours. */
	link: QuoteLink | null;
}

// Names are at most 30 graphemes here; other software allowed more.
const NAME_LENGTH = 60;
// A name, "said," and an address; longer lines are prose.
const LINE_LENGTH = 240;
const BARE = /^\s*([^\s>*#[\]()`](?:[^\n[\]()]*[^\n[\]()\s])?)\s+(?:said|wrote)\s*[,:]\s*$/i;
const LINKED = /^\s*\[([^\n[\]]+?)\s+(?:said|wrote)\s*[,:]?\]\(([^()\s]+)\)\s*[,:]?\s*$/i;
const NOT_IN_NAMES = /[[\]()`\n]|^[\s>*#]+/g;
// "As I said:" begins the writer's own words, whoever else is called so.
const PRONOUN = /(?:^|\s)(?:I|we|you|he|she|it|they|who)$/i;
// A bare line "… said," that leads to nobody is prose when the "name" is longer than names are.
const NAME_WORDS = 3;

/** What an address leads to: `/c/ID` or `/articles/SLUG`, with or without an origin. */
function linkTarget(href: string): QuoteLink | null {
	const path = href.replace(/^https?:\/\/[^/]+/i, '').replace(/[?#].*$/, '');
	const [, kind, name] = /^\/(c|articles)\/([^/]+)$/.exec(path) ?? [];
	if (kind === 'c' && isId(name)) return { comment: name };
	if (kind === 'articles' && name) return { article: name };
	return null;
}

/** Reads "NAME said," (`said` or `wrote`, `,` or `:`), linked or bare; null for any other line. */
export function readAttribution(line: string): Attribution | null {
	if (line.length > LINE_LENGTH) return null;
	const linked = LINKED.exec(line);
	if (linked) return { name: nameFrom(linked[1]), link: linkTarget(linked[2]) };
	const bare = BARE.exec(line);
	if (bare && bare[1].length <= NAME_LENGTH) return { name: bare[1].trim(), link: null };
	return null;
}

/** A name from anywhere, made one that an attribution line can hold; '' when nothing is left. */
export function nameFrom(text: string): string {
	return text.replace(NOT_IN_NAMES, '').trim().slice(0, NAME_LENGTH).trim();
}

/** The line that `readAttribution` reads; '' for nobody. */
export function writeAttribution(name: string | null, url: string | null): string {
	if (name === null) return '';
	const written = nameFrom(name) || 'Somebody';
	return url === null ? `${written} said,` : `[${written} said,](${url})`;
}

/** Whether the "name" of an attribution that leads to nobody reads like the beginning of a sentence. */
export function isProse(name: string): boolean {
	return PRONOUN.test(name) || name.split(/\s+/).length > NAME_WORDS;
}
