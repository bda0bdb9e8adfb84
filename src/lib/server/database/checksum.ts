import { crc32 } from 'node:zlib';

/**
 * Thrown for text that is not what was written: something on the disk has changed it. Its code is told
 * apart from SQLite's own, which knows of no checksum.
 */
export class ChecksumError extends Error {
	readonly code = 'CHECKSUM';

	constructor() {
		super('Text in the database is not what was written.');
	}
}

// White space, which JSON, Markdown and HTML all let stand at their ends: two bits each.
const LETTERS = [' ', '\t', '\n', '\r'];
const LENGTH = 16;
/** By the code of a character, its place among the letters; 4 for any other. */
const PLACES = Uint8Array.from({ length: 128 }, (_, code) => {
	const at = LETTERS.indexOf(String.fromCharCode(code));
	return at === -1 ? LETTERS.length : at;
});

/** What the letters from here on say as a number; null where they are no checksum. */
function numberFrom(text: string, start: number): number | null {
	let number = 0;
	for (let at = text.length - 1; at >= start; at--) {
		const place = PLACES[text.charCodeAt(at)] ?? LETTERS.length;
		if (place === LETTERS.length) return null;
		number = number * LETTERS.length + place;
	}
	return number;
}

/**
 * Text with its CRC-32 behind it, as sixteen characters of white space: other programs that read the
 * database find JSON, Markdown or HTML as ever.
 */
export function withChecksum(text: string): string {
	let rest = crc32(text);
	let letters = '';
	for (let n = 0; n < LENGTH; n++) {
		letters += LETTERS[rest % LETTERS.length];
		rest = Math.floor(rest / LETTERS.length);
	}
	return text + letters;
}

/**
 * The text before its checksum; all of it where there is none, as in what an earlier version wrote, or
 * somebody by hand. @throws {ChecksumError} when it is not what was written
 */
export function checked(text: string): string {
	const start = text.length - LENGTH;
	const expected = start < 0 ? null : numberFrom(text, start);
	if (expected === null) return text;
	const bare = text.slice(0, start);
	if (crc32(bare) !== expected) throw new ChecksumError();
	return bare;
}

/** The same for JSON. @throws {ChecksumError} also for what is no JSON, as no text is that was written as such */
export function checkedJson(text: string): unknown {
	const json = checked(text);
	try {
		return JSON.parse(json);
	} catch {
		throw new ChecksumError();
	}
}
