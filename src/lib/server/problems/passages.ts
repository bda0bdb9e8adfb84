import { startIn } from '../quotes/match.ts';
import { passageWith } from '../quotes/passage.ts';
import { canonicalWords } from '../text/canonical.ts';
import { normaliseLine } from '../text/normalise.ts';
import { passagesOf, type Passage } from '../text/passages.ts';

/** Words of an article in the paragraph that they begin in. */
export interface Context {
	before: string;
	/** The words; '' where they cannot be told apart, because they go on in the next paragraph. */
	marked: string;
	after: string;
}

/**
 * The key of the paragraph that words begin in; null where the body does not have them.
 * @param body Markdown.
 * @param wanted the paragraph that is meant where several have the same words.
 */
export function keyIn(body: string, words: string, wanted: string): string | null {
	const passages = passagesOf(body);
	const canonical = canonicalWords(words);
	const meant = passages.find((passage) => passage.key === wanted);
	if (meant && startIn(meant.words, canonical) >= 0) return meant.key;
	return passageWith({ passages }, canonical);
}

/** The paragraph of an article's Markdown that has a key. */
export function paragraph(body: string, key: string): Passage | null {
	return passagesOf(body).find((passage) => passage.key === key) ?? null;
}

/** Words in their paragraph. */
export function contextOf({ text }: Passage, words: string): Context {
	const line = normaliseLine(text);
	const wanted = normaliseLine(words);
	const start = wanted === '' ? -1 : line.indexOf(wanted);
	if (start < 0) return { before: line, marked: '', after: '' };
	const end = start + wanted.length;
	return { before: line.slice(0, start), marked: wanted, after: line.slice(end) };
}
