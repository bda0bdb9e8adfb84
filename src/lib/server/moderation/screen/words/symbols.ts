import { bare, kindOf, lettersOf, lettersOfSign, type Letters } from './letters.ts';

/** A letter as it is compared. */
export interface WrittenLetter {
	letters: Letters;
	/** It repeats one that stands three times or more, which is no spelling but emphasis. */
	again: boolean;
}

/** What a text is compared by: letters, spaces between words, and ends that no phrase goes over. */
export type TextSymbol = WrittenLetter | 'space' | 'end';

// No language writes a letter so often in a row.
const EMPHASIS = 3;
// Three letters on their own in a row spell something.
const SPELLED_LEAST = 3;

function same(a: Letters, b: Letters): boolean {
	return a.length === b.length && a.every((letter, index) => letter === b[index]);
}

function isLetter(character: string): boolean {
	return kindOf(character) === 'letter';
}

function isSign(character: string): boolean {
	return kindOf(character) === 'sign';
}

/** Whether a character can be a letter of a word in disguise. */
function isWritten(character: string): boolean {
	const kind = kindOf(character);
	return kind === 'letter' || kind === 'digit' || kind === 'sign';
}

/** Whether a word in disguise may begin or end with it: there some signs are punctuation. */
function isEdge(character: string): boolean {
	return isWritten(character) && character !== '!' && character !== '+';
}

/** The characters of a word as letters. Digits among themselves are digits. */
function lettersOfWord(characters: readonly string[]): WrittenLetter[] {
	const isNumber = !characters.some(isLetter);
	const word: WrittenLetter[] = [];
	let first = 0;
	characters.forEach((character, index) => {
		const letters = isLetter(character)
			? lettersOf(character, characters[index - 1])
			: isNumber
				? [character]
				: lettersOfSign(character);
		word.push({ letters, again: false });
		// "1000" is not "10".
		if (isNumber || !same(word[first].letters, letters)) first = index;
		if (index - first === EMPHASIS - 1) word[index - 1].again = true;
		word[index].again = index - first >= EMPHASIS - 1;
	});
	return word;
}

/** Cuts a piece without white space into words: letters and digits, and pictures each on their own. */
function wordsOf(piece: readonly string[]): string[][] {
	const words: string[][] = [];
	let word: string[] = [];
	const cut = () => {
		if (word.length > 0) words.push(word);
		word = [];
	};
	for (const character of piece) {
		const kind = kindOf(character);
		if (kind === 'letter' || kind === 'digit') word.push(character);
		else {
			cut();
			if (kind === 'picture') words.push([character]);
		}
	}
	cut();
	return words;
}

/** A piece read as one word, if it looks like one in disguise: `b.a.d`, `f-oul`, `b@d`, `a$$`. */
function disguised(piece: readonly string[], words: string[][]): string[] | null {
	const first = piece.findIndex(isEdge);
	if (first < 0) return null;
	const inner = piece.slice(first, piece.findLastIndex(isEdge) + 1).filter(isWritten);
	const isBroken = words.length > 1 && words.some((word) => word.length === 1);
	return isBroken || inner.some(isSign) ? inner : null;
}

/** Reads words that are spelled out over several pieces: `b a d`, `b. a. d.` */
function spelled(pieces: readonly string[][]): string[][] {
	const found: string[][] = [];
	let row: string[] = [];
	const cut = () => {
		if (row.length >= SPELLED_LEAST) found.push(row);
		row = [];
	};
	for (const piece of pieces) {
		const letters = piece.filter(isEdge);
		if (letters.length === 1) row.push(letters[0]);
		else if (letters.length > 1) cut();
	}
	cut();
	return found;
}

function piecesOf(text: string): string[][] {
	return bare(text)
		.split(/\s+/)
		.filter((piece) => piece !== '')
		.map((piece) => [...piece]);
}

/**
 * A text as its words are compared, in one pass: first as it stands, then, each on its own behind an
 * end, what it may hold in disguise. At most three times as long as the text.
 */
export function symbolsOfText(text: string): TextSymbol[] {
	const pieces = piecesOf(text);
	const symbols: TextSymbol[] = ['end'];
	const asides: string[][] = [];
	for (const piece of pieces) {
		const words = wordsOf(piece);
		for (const word of words) {
			// One by one: a text's symbols are too many for the arguments of a call.
			for (const letter of lettersOfWord(word)) symbols.push(letter);
			symbols.push('space');
		}
		const aside = disguised(piece, words);
		if (aside) asides.push(aside);
	}
	for (const aside of [...asides, ...spelled(pieces)]) {
		symbols.push('end');
		for (const letter of lettersOfWord(aside)) symbols.push(letter);
	}
	symbols.push('end');
	return symbols;
}

/** The words of an entry, or of a part of one between stars. */
export function wordsOfEntry(text: string): WrittenLetter[][] {
	return piecesOf(text).flatMap((piece) => {
		const words = wordsOf(piece);
		const aside = disguised(piece, words);
		return (aside ? [aside] : words).map(lettersOfWord);
	});
}
