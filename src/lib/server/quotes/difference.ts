import { diffArrays } from 'diff';
import { canonicalWords } from '../text/canonical.ts';

/** Words of a difference: in both, only in the source, only in the quote, or around it in the source. */
export interface DifferencePart {
	kind: 'same' | 'left-out' | 'put-in' | 'around';
	words: string;
}

/** How quoted words differ from those of their source, as far as these are like them. */
export interface Difference {
	parts: DifferencePart[];
	/** The source has words before these. */
	before: boolean;
	/** The source has words after these. */
	after: boolean;
}

// What was left out may stand anywhere between what was kept.
const SLACK = 1.5;
const FEWEST_WORDS_AROUND = 12;
/** Words of the source that are shown before and after those that were quoted. */
const CONTEXT = 6;
// The work grows with its square; who changes more than this quotes nothing.
const MOST_CHANGES = 400;

/** A word as it is written, and as it is compared. */
interface Word {
	text: string;
	key: string;
}

function wordsOf(text: string): Word[] {
	const words = text.split(/\s+/).map((word) => ({ text: word, key: canonicalWords(word) }));
	return words.filter(({ key }) => key !== '');
}

/** Where the `size` words of the source begin that share most words with the quote. */
function likest(source: Word[], quoted: Word[], size: number): number {
	const missing = new Map<string, number>();
	for (const { key } of quoted) missing.set(key, (missing.get(key) ?? 0) + 1);
	let [shared, most, start] = [0, 0, 0];
	for (let end = 0; end < source.length; end++) {
		const { key } = source[end];
		const left = missing.get(key);
		if (left !== undefined) {
			if (left > 0) shared++;
			missing.set(key, left - 1);
		}
		const gone = source[end - size]?.key ?? '';
		const owed = missing.get(gone);
		if (owed !== undefined) {
			if (owed >= 0) shared--;
			missing.set(gone, owed + 1);
		}
		if (shared > most) [most, start] = [shared, Math.max(0, end - size + 1)];
	}
	return start;
}

interface Part {
	kind: DifferencePart['kind'];
	words: string[];
}

function compare(source: Word[], quoted: Word[]): Part[] | null {
	const changes = diffArrays(source, quoted, {
		comparator: (a, b) => a.key === b.key,
		maxEditLength: MOST_CHANGES
	});
	if (changes === undefined) return null;
	return changes.map(({ value, added, removed }) => ({
		kind: added ? 'put-in' : removed ? 'left-out' : 'same',
		words: value.map(({ text }) => text)
	}));
}

/** Takes what the source has before the quoted words off the parts: no more was left out than was put in instead. */
function takeBefore(parts: Part[]): string[] {
	const [first, second] = parts;
	if (first.kind !== 'left-out') return [];
	const instead = second?.kind === 'put-in' ? second.words.length : 0;
	return first.words.splice(0, Math.max(0, first.words.length - instead));
}

/** As `takeBefore`, at the end; where words were left out and others put in, the former come first. */
function takeAfter(parts: Part[]): string[] {
	const last = parts[parts.length - 1];
	const instead = last.kind === 'put-in' ? last.words.length : 0;
	const left = instead > 0 ? parts[parts.length - 2] : last;
	return left?.kind === 'left-out' ? left.words.splice(instead) : [];
}

/**
 * What differs between quoted words and the part of a source that is most like them, word by word; both
 * are plain text. Null when they have too little in common to be compared.
 */
export function difference(source: string, quoted: string): Difference | null {
	const [all, mine] = [wordsOf(source), wordsOf(quoted)];
	const size = Math.ceil(mine.length * SLACK) + FEWEST_WORDS_AROUND;
	const start = likest(all, mine, size);
	const from = Math.max(0, start - CONTEXT);
	const to = start + size + CONTEXT;
	const parts = compare(all.slice(from, to), mine);
	if (parts === null || !parts.some(({ kind }) => kind === 'same')) return null;
	const [before, after] = [takeBefore(parts), takeAfter(parts)];
	const shown: Part[] = [
		{ kind: 'around', words: before.slice(-CONTEXT) },
		...parts,
		{ kind: 'around', words: after.slice(0, CONTEXT) }
	];
	return {
		parts: shown
			.filter(({ words }) => words.length > 0)
			.map(({ kind, words }) => ({ kind, words: words.join(' ') })),
		before: from > 0 || before.length > CONTEXT,
		after: to < all.length || after.length > CONTEXT
	};
}
