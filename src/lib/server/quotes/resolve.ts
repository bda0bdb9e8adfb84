import type { Read } from '../database/database.ts';
import { nameKey } from '../accounts/names.ts';
import { extentIn, extentToBlankLine, isIn, overlap, wordsOf, type Extent } from './match.ts';
import type { QuoteMatch } from './matches.ts';
import { isParsedQuote, type ParsedQuote, type ParsedSegment } from './parse.ts';
import * as sources from './sources.ts';
import type { CommentSource, QuotingContext } from './sources.ts';

/** A quote with its source, if one was found. A match cites a revision, so it stays true whatever happens later. */
export interface ResolvedQuote {
	name: string;
	match: QuoteMatch;
	source: { comment: string; revision: number } | { article: string; version: number } | null;
	segments: ResolvedSegment[];
}

/** A written body with the sources of its quotes. */
export type ResolvedSegment = { text: string } | { quoted: ResolvedQuote };

type Found = Pick<ResolvedQuote, 'match' | 'source'>;

const UNRESOLVED: Found = { match: 'unresolved', source: null };
// A bare line "… said," that leads to nobody is prose when the "name" is longer than names are.
const NAME_WORDS = 3;
// Words that an unattributed passage needs before finding them in one place means anything.
const TELLING_WORDS = 4;

function ownWords(segments: ParsedSegment[]): string {
	const own = segments.map((segment) => (isParsedQuote(segment) ? '' : segment.text));
	return wordsOf(own.join('\n\n'));
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

/** A quote that links to a comment: that comment, or whom it quoted when the words are theirs. */
async function findLinked(db: Read, id: string, words: string): Promise<Found> {
	const source = await sources.byId(db, id);
	if (!source) return UNRESOLVED;
	if (isIn(source.words, words)) return exact(source);
	const first = (await sources.quotedBy(db, id)).find((candidate) =>
		isIn(candidate.words, words)
	);
	return first ? exact(first) : altered(source);
}

async function findInArticle(db: Read, slug: string, words: string): Promise<Found> {
	const source = await sources.article(db, { slug });
	if (!source) return UNRESOLVED;
	const match = isIn(source.words, words) ? 'exact' : 'altered';
	return { match, source: { article: source.id, version: source.version } };
}

/** Of several comments by the name, the one that shares most words. */
function closest(candidates: CommentSource[], words: string): CommentSource | null {
	let best: CommentSource | null = null;
	let most = -1;
	for (const candidate of candidates) {
		const share = overlap(candidate.words, words);
		if (share > most) [best, most] = [candidate, share];
	}
	return best;
}

async function findByName(
	db: Read,
	context: QuotingContext,
	name: string,
	words: string
): Promise<Found> {
	const candidates = await sources.byName(db, context, name, nameKey(name));
	const source = candidates.find((candidate) => isIn(candidate.words, words));
	if (source) return exact(source);
	const likely = closest(candidates, words);
	return likely ? altered(likely) : UNRESOLVED;
}

/** Words that nobody is named for: exact when exactly one earlier comment has them, or the article. */
async function findUnattributed(
	db: Read,
	context: QuotingContext,
	words: string
): Promise<Found> {
	if (words.split(' ').length < TELLING_WORDS) return UNRESOLVED;
	const candidates = await sources.withWord(db, context, longestWord(words));
	const having = candidates.filter((candidate) => isIn(candidate.words, words));
	if (having.length === 1) return exact(having[0]);
	if (having.length > 1) return UNRESOLVED;
	const article = await sources.article(db, { id: context.articleId });
	if (!article || !isIn(article.words, words)) return UNRESOLVED;
	return { match: 'exact', source: { article: article.id, version: article.version } };
}

async function find(db: Read, context: QuotingContext, quote: ParsedQuote): Promise<Found> {
	const words = ownWords(quote.segments);
	if (words === '') return UNRESOLVED;
	if (quote.link && 'comment' in quote.link) return findLinked(db, quote.link.comment, words);
	if (quote.link) return findInArticle(db, quote.link.article, words);
	if (quote.name !== '') return findByName(db, context, quote.name, words);
	return findUnattributed(db, context, words);
}

/** Where a quote under a bare "NAME said," line ends: as far as the source has it. */
async function close(
	db: Read,
	context: QuotingContext,
	quote: ParsedQuote,
	text: string
): Promise<Extent> {
	const linked = quote.link && 'comment' in quote.link ? quote.link.comment : null;
	const source = linked === null ? null : await sources.byId(db, linked);
	const candidates =
		linked === null
			? await sources.byName(db, context, quote.name, nameKey(quote.name))
			: source
				? [source]
				: [];
	let best: Extent | null = null;
	for (const candidate of candidates) {
		const extent = extentIn(candidate.words, text);
		if (extent && (best === null || extent.quoted.length > best.quoted.length)) best = extent;
	}
	return best ?? extentToBlankLine(text);
}

async function resolveOpenEnded(
	db: Read,
	context: QuotingContext,
	quote: ParsedQuote
): Promise<ResolvedSegment[]> {
	const text = quote.segments.map((segment) => ('text' in segment ? segment.text : '')).join('');
	const { quoted, rest } = await close(db, context, quote, text);
	const closed = { ...quote, openEnded: false, segments: [{ text: quoted.trim() }] };
	const found = await find(db, context, closed);
	if (found.source === null && quote.link === null && quote.name.split(/\s+/).length > NAME_WORDS) {
		return [{ text: `${quote.line}\n${text}`.trim() }];
	}
	const own = rest.trim() === '' ? [] : await resolve(db, context, [{ text: rest.trim() }]);
	return [{ quoted: { ...found, name: quote.name, segments: closed.segments } }, ...own];
}

async function resolveQuote(
	db: Read,
	context: QuotingContext,
	quote: ParsedQuote
): Promise<ResolvedSegment[]> {
	const segments = await resolve(db, context, quote.segments);
	const [only] = segments;
	// Quoting what is itself a quote leads to its first speaker.
	if (segments.length === 1 && 'quoted' in only && only.quoted.source) return segments;
	const found = await find(db, context, quote);
	return [{ quoted: { ...found, name: quote.name, segments } }];
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
	const resolved: ResolvedSegment[] = [];
	for (const segment of segments) {
		if (!isParsedQuote(segment)) resolved.push(segment);
		else if (segment.openEnded) resolved.push(...(await resolveOpenEnded(db, context, segment)));
		else resolved.push(...(await resolveQuote(db, context, segment)));
	}
	return resolved;
}
