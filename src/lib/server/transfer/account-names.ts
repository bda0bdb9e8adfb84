import { randomInt } from 'node:crypto';
import * as names from '../accounts/names/names.ts';
import { isTaken } from '../accounts/names/taken-names.ts';
import type { Read } from '../database/database.ts';
import { isRefusal } from '../refusal.ts';

const NOT_IN_NAMES = /[^\p{L}\p{Mn}\p{Mc}\p{Nd} .\-_']+/gu;
const BEFORE_A_NAME = /^[^\p{L}\p{Nd}]+/u;
const NOT_LATIN = /[^\p{Script=Latin}\p{Nd} .\-_']+/gu;
/** Who nothing else can be made of. */
const NOBODY = 'Reader';
// After so many numbers in a row somebody has them all: then any number will do.
const NUMBERS_IN_ORDER = 20;
const LARGEST_NUMBER = 1_000_000;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function cut(text: string, most: number): string {
	return [...graphemes.segment(text)]
		.slice(0, most)
		.map(({ segment }) => segment)
		.join('')
		.trim();
}

function checked(text: string, reservedToo: boolean): names.Name | null {
	try {
		return names.check(text, { reservedToo });
	} catch (error) {
		if (isRefusal(error)) return null;
		throw error;
	}
}

/** What a name of elsewhere may become here, likeliest first: itself, or as much of it as may be. */
export function candidatesFor(name: string): string[] {
	const kept = (text: string) =>
		cut(
			text
				.normalize('NFKC')
				.replace(NOT_IN_NAMES, ' ')
				.replace(/\s+/g, ' ')
				.replace(BEFORE_A_NAME, ''),
			names.LONGEST
		);
	return [...new Set([name, kept(name), kept(name.replace(NOT_LATIN, ' ')), NOBODY])];
}

function numbered(name: string, number: number): string {
	return `${cut(name, names.LONGEST - String(number).length - 1)} ${number}`;
}

/**
 * The name that an imported account gets: its own if that may be and nobody has it or one that looks
 * like it, else the nearest, with a number if need be.
 * @param options.reservedToo lets it speak for the site, as accounts of our own export may.
 */
export async function freeName(
	db: Read,
	wanted: string,
	options: { reservedToo: boolean }
): Promise<names.Name> {
	const possible = candidatesFor(wanted);
	for (const text of possible) {
		const name = checked(text, options.reservedToo);
		if (name && !(await isTaken(db, name))) return name;
		// A name that may be but is taken gets a number; one that may not be is changed further.
		if (name || names.isReserved(text)) return numberedName(db, text);
	}
	return numberedName(db, NOBODY);
}

async function numberedName(db: Read, text: string): Promise<names.Name> {
	for (let number = 2; ; number++) {
		const tail = number > NUMBERS_IN_ORDER ? randomInt(NUMBERS_IN_ORDER, LARGEST_NUMBER) : number;
		const name = checked(numbered(text, tail), false);
		if (name && !(await isTaken(db, name))) return name;
		// No number makes this one right.
		if (name === null) return numberedName(db, NOBODY);
	}
}
