import { wordsOfEntry, type WrittenLetter, type TextSymbol } from './symbols.ts';

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

function place(isStar = false): Place {
	return { letters: new Map(), space: null, star: null, isStar, entries: [] };
}

function isEither(letters: readonly string[]): boolean {
	return letters.includes('i') || letters.includes('l');
}

/** Under what a text's letter is looked for. */
function keysOf({ letters }: WrittenLetter): readonly string[] {
	return isEither(letters) ? [...letters, I_OR_L] : letters;
}

function fileWord(from: Place, word: WrittenLetter[]): Place {
	return word.reduce((at, { letters }) => {
		const key = letters.length > 1 ? I_OR_L : letters[0];
		const to = at.letters.get(key) ?? place();
		at.letters.set(key, to);
		return to;
	}, from);
}

/** Files one piece of an entry, which holds no white space. */
function filePiece(from: Place, piece: string): Place {
	const parts = piece.split('*');
	let at = from;
	parts.forEach((part, index) => {
		if (index > 0 && !at.isStar) at = at.star ??= place(true);
		wordsOfEntry(part).forEach((word, number) => {
			if (number > 0) at = at.space ??= place();
			at = fileWord(at, word);
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
				if (at.isStar || symbol.again) next.add(at);
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
