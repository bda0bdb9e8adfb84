import { wordsOfEntry, type LetterRun, type TextSymbol } from './symbols.ts';

/** Stars of an entry; each keeps a place in mind while a word goes on. */
export const MOST_STARS = 3;

/** A place in the entries, which share their beginnings. */
interface Place {
	letters: Map<string, Place>;
	/** After the end of a word. */
	space: Place | null;
	/** Where a star stands: it takes any letters of the word, or none. */
	star: Place | null;
	isStar: boolean;
	/** The entries that end here, at the end of a word. */
	entries: string[];
}

/** Entries made ready to be looked for. */
export interface Matcher {
	/** The entries that a text has, in the order in which they end in it. */
	find(symbols: readonly TextSymbol[]): string[];
	/** How many places were tried for a text: at most its length times the entries' length. */
	steps(symbols: readonly TextSymbol[]): number;
}

// An i or an l, when nobody can tell.
const I_OR_L = '?';
const AT_LEAST = '+';

function place(isStar = false): Place {
	return { letters: new Map(), space: null, star: null, isStar, entries: [] };
}

function isEither(letters: readonly string[]): boolean {
	return letters.includes('i') || letters.includes('l');
}

/** How an entry's letter is filed: beside a star it may stand more often than is written. */
function filed({ letters, run }: LetterRun, atLeast: boolean): string {
	const letter = letters.length > 1 ? I_OR_L : letters[0];
	return letter + run + (atLeast ? AT_LEAST : '');
}

/** Under what a text's letter is looked for: three or more in a row may stand for one or two. */
function keysOf({ letters, run }: LetterRun): string[] {
	const all = isEither(letters) ? [...letters, I_OR_L] : letters;
	const runs = ([1, 2, 3] as const).filter((least) => least <= run);
	return all.flatMap((letter) => [
		...(run === 3 ? runs : [run]).map((exact) => letter + exact),
		...runs.map((least) => letter + least + AT_LEAST)
	]);
}

function goTo(from: Place, key: string): Place {
	let to = from.letters.get(key);
	if (!to) from.letters.set(key, (to = place()));
	return to;
}

/** Files the letters of one part of a word; stars may stand before and after it. */
function fileWord(from: Place, word: LetterRun[], before: boolean, after: boolean): Place {
	return word.reduce((at, run, index) => {
		const isBeside = (before && index === 0) || (after && index === word.length - 1);
		return goTo(at, filed(run, isBeside));
	}, from);
}

/** Files one piece of an entry, which holds no white space. */
function filePiece(from: Place, piece: string): Place {
	const parts = piece.split('*');
	let at = from;
	parts.forEach((part, index) => {
		if (index > 0 && !at.isStar) at = at.star ??= place(true);
		wordsOfEntry(part).forEach((word, number, { length }) => {
			if (number > 0) at = at.space ??= place();
			const isLast = number === length - 1;
			at = fileWord(at, word, index > 0 && number === 0, isLast && index < parts.length - 1);
		});
	});
	return at;
}

function file(root: Place, entry: string): void {
	let at = root;
	for (const piece of entry.split(/\s+/).filter((one) => one !== '')) {
		if (at !== root) at = at.space ??= place();
		at = filePiece(at, piece);
	}
	if (at !== root) at.entries.push(entry);
}

/** The places to go on from, each once; a star may take nothing, so what follows it is one too. */
function add(places: Set<Place>, at: Place): void {
	places.add(at);
	if (at.star) places.add(at.star);
}

function run(root: Place, symbols: readonly TextSymbol[], found: Set<string>): number {
	let steps = 0;
	let places = new Set<Place>();
	for (const symbol of symbols) {
		const next = new Set<Place>();
		if (typeof symbol === 'string') {
			for (const at of places) {
				steps++;
				for (const entry of at.entries) found.add(entry);
				if (symbol === 'space' && at.space) add(next, at.space);
			}
			add(next, root);
		} else {
			const keys = keysOf(symbol);
			for (const at of places) {
				if (at.isStar) next.add(at);
				for (const key of keys) {
					steps++;
					const to = at.letters.get(key);
					if (to) add(next, to);
				}
			}
		}
		places = next;
	}
	return steps;
}

/**
 * Makes a list of entries ready: whole words, phrases, and words with stars (`*`) for any letters. A
 * text is read once, from its beginning to its end, with every place in the entries that it may be at:
 * nothing is ever tried again, so the cost grows with the text's length and no faster.
 */
export function compile(entries: readonly string[]): Matcher {
	const root = place();
	for (const entry of entries) file(root, entry);
	return {
		find(symbols) {
			const found = new Set<string>();
			if (entries.length > 0) run(root, symbols, found);
			return [...found];
		},
		steps: (symbols) => run(root, symbols, new Set())
	};
}
