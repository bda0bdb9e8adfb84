import type { Read } from '../database/database.ts';
import { isProse, type Attribution } from './attribution.ts';
import { extentIn, extentToBlankLine, isIn, overlap, type Extent } from './match.ts';
import type { QuoteMatch } from './matches.ts';
import { passageLike, passageWith } from './passage.ts';
import { isParsedQuote, type ParsedQuote, type ParsedSegment } from './parse.ts';
import { breathe } from '../turns.ts';
import * as searches from './search.ts';
import type { Search } from './search.ts';
import type { ArticleSource, CommentSource, QuotingContext } from './sources.ts';

/** A quote with its source, if one was found. A match cites a revision, so it stays true whatever happens later. */
export interface ResolvedQuote {
	name: string;
	match: QuoteMatch;
	source:
		| { comment: string; revision: number }
		| { article: string; version: number; passage: string | null }
		| null;
	segments: ResolvedSegment[];
}

/** A written body with the sources of its quotes. */
export type ResolvedSegment = { text: string } | { quoted: ResolvedQuote };

type Found = Pick<ResolvedQuote, 'match' | 'source'>;

const UNRESOLVED: Found = { match: 'unresolved', source: null };

function ownWords(search: Search, segments: ResolvedSegment[]): string {
	const own = segments.map((segment) => ('text' in segment ? segment.text : ''));
	return search.read(own.join('\n\n'));
}

function longestWord(words: string): string {
	const all = words.match(/[\p{L}\p{N}]+/gu) ?? [''];
	return all.reduce((longest, word) => (word.length > longest.length ? word : longest));
}

function exact(source: CommentSource): Found {
	return { match: 'exact', source: { comment: source.id, revision: source.revision } };
}

function altered(source: CommentSource): Found {
	return { match: 'altered', source: { comment: source.id, revision: source.revision } };
}

/** A quote of an article that may have the words or not. */
function inArticle(source: ArticleSource, words: string): Found {
	const match = isIn(source.words, words) ? 'exact' : 'altered';
	const passage = match === 'exact' ? passageWith(source, words) : passageLike(source, words);
	return { match, source: { article: source.id, version: source.version, passage } };
}

/**
 * A quote that links to a comment: that comment, or whom it quoted when the words are theirs. Of what
 * was taken down nothing is confirmed, but the quote goes with it, so that its words are withdrawn.
 */
async function findLinked(search: Search, id: string, words: string): Promise<Found> {
	const source = await searches.byId(search, id);
	if (!source) return UNRESOLVED;
	if (!source.readable) return altered(source);
	if (isIn(source.words, words)) return exact(source);
	const passedOn = await searches.quotedBy(search, id);
	const [comment] = await thatHave(passedOn.comments, words, 1);
	if (comment) return exact(comment);
	const article = passedOn.articles.find((candidate) => isIn(candidate.words, words));
	return article ? inArticle(article, words) : altered(source);
}

async function findInArticle(search: Search, slug: string, words: string): Promise<Found> {
	const source = await searches.article(search, slug);
	return source ? inArticle(source, words) : UNRESOLVED;
}

/** The first of several comments that have the words, at most so many; each is parsed for it. */
async function thatHave(
	candidates: CommentSource[],
	words: string,
	most: number
): Promise<CommentSource[]> {
	const having: CommentSource[] = [];
	for (const candidate of candidates) {
		await breathe();
		if (isIn(candidate.words, words)) having.push(candidate);
		if (having.length === most) break;
	}
	return having;
}

/** Of several comments by the name, the one that shares most words. */
async function closest(candidates: CommentSource[], words: string): Promise<CommentSource | null> {
	let best: CommentSource | null = null;
	let most = -1;
	for (const candidate of candidates) {
		await breathe();
		const share = overlap(candidate.words, words);
		if (share > most) [best, most] = [candidate, share];
	}
	return best;
}

async function findByName(search: Search, name: string, words: string): Promise<Found> {
	const candidates = await searches.byName(search, name);
	const [source] = await thatHave(candidates, words, 1);
	if (source) return exact(source);
	const likely = await closest(candidates, words);
	return likely ? altered(likely) : UNRESOLVED;
}

/** Words that nobody is named for: exact when exactly one earlier comment has them, or the article. */
async function findUnattributed(search: Search, words: string): Promise<Found> {
	const candidates = await searches.withWord(search, longestWord(words));
	const having = await thatHave(candidates, words, 2);
	if (having.length === 1) return exact(having[0]);
	const article = await searches.article(search);
	return article && isIn(article.words, words) ? inArticle(article, words) : UNRESOLVED;
}

async function find(search: Search, quote: Attribution, words: string): Promise<Found> {
	if (words === '') return UNRESOLVED;
	await breathe();
	if (quote.link && 'comment' in quote.link) return findLinked(search, quote.link.comment, words);
	if (quote.link) return findInArticle(search, quote.link.article, words);
	if (quote.name !== '') return findByName(search, quote.name, words);
	return findUnattributed(search, words);
}

/** Everything that an open-ended quote may come from. */
async function placesToSearch(
	search: Search,
	{ link, name }: ParsedQuote
): Promise<Pick<CommentSource, 'words'>[]> {
	if (!link) return searches.byName(search, name);
	if ('article' in link) {
		const article = await searches.article(search, link.article);
		return article ? [article] : [];
	}
	const source = await searches.byId(search, link.comment);
	return source?.readable ? [source] : [];
}

/** Where a quote under a bare "NAME said," line ends: as far as the source has it. */
async function close(search: Search, quote: ParsedQuote, text: string): Promise<Extent> {
	let best: Extent | null = null;
	for (const source of await placesToSearch(search, quote)) {
		await breathe();
		const extent = extentIn(source.words, text, search.read);
		if (extent && (best === null || extent.quoted.length > best.quoted.length)) best = extent;
	}
	return best ?? extentToBlankLine(text);
}

async function resolveOpenEnded(search: Search, quote: ParsedQuote): Promise<ResolvedSegment[]> {
	const text = quote.segments.map((segment) => ('text' in segment ? segment.text : '')).join('');
	const { quoted, rest } = await close(search, quote, text);
	const segments = [{ text: quoted.trim() }];
	const found = await find(search, quote, ownWords(search, segments));
	if (found.source === null && quote.link === null && isProse(quote.name)) {
		return [{ text: `${quote.line}\n${text}`.trimEnd() }];
	}
	const own = rest.trim() === '' ? [] : [{ text: rest.trim() }];
	return [{ quoted: { ...found, name: quote.name, segments } }, ...own];
}

/** The quote as one without attribution, if its first line is not one but belongs to words that are found. */
async function findWithLine(
	search: Search,
	{ line, segments }: ParsedQuote
): Promise<ResolvedQuote | null> {
	const [first, ...more] = segments;
	if (line === '' || more.length > 0 || isParsedQuote(first)) return null;
	const whole = [{ text: `${line}\n${first.text}` }];
	const found = await findUnattributed(search, ownWords(search, whole));
	return found.source && { ...found, name: '', segments: whole };
}

async function resolveQuote(search: Search, quote: ParsedQuote): Promise<ResolvedSegment[]> {
	const segments = await resolveAll(search, quote.segments);
	const [only] = segments;
	// Quoting what is itself a quote leads to its first speaker.
	if (segments.length === 1 && 'quoted' in only && only.quoted.source) return segments;
	const found = await find(search, quote, ownWords(search, segments));
	if (found.source === null && quote.link === null) {
		const other = await findWithLine(search, quote);
		if (other) return [{ quoted: other }];
	}
	return [{ quoted: { ...found, name: quote.name, segments } }];
}

/** Adds segments; own words that meet own words are one text, in one paragraph if they were written so. */
function append(resolved: ResolvedSegment[], more: ResolvedSegment[], tight: boolean): void {
	const last = resolved.at(-1);
	const [first] = more;
	if (last && first && 'text' in last && 'text' in first) {
		last.text += (tight ? '\n' : '\n\n') + first.text;
		resolved.push(...more.slice(1));
	} else resolved.push(...more);
}

async function resolveAll(search: Search, segments: ParsedSegment[]): Promise<ResolvedSegment[]> {
	const resolved: ResolvedSegment[] = [];
	for (const segment of segments) {
		if (!isParsedQuote(segment)) append(resolved, [{ ...segment }], false);
		else if (segment.openEnded) {
			append(resolved, await resolveOpenEnded(search, segment), segment.tight);
		} else resolved.push(...(await resolveQuote(search, segment)));
	}
	return resolved;
}

/**
 * Looks for the source of each quote, inner ones too, among what everyone may read. Only a comment's
 * own words count as said by it.
 */
export async function resolve(
	db: Read,
	context: QuotingContext,
	segments: ParsedSegment[]
): Promise<ResolvedSegment[]> {
	return resolveAll(searches.begin(db, context), segments);
}
