import { transcode } from 'node:buffer';
import { randomUUID } from 'node:crypto';

type Piece = Buffer<ArrayBuffer>;

// What people write cannot know it, beside that no HTML of theirs gets into a page.
const BEGINNING = `<!--${randomUUID()} `;
const END = '-->';
/** A number of a piece is written in so many digits: where a mark ends is known from where it begins. */
const DIGITS = 4;
const ZERO = '0'.charCodeAt(0);
const LENGTH = BEGINNING.length + DIGITS + END.length;
const BYTES = Buffer.from(BEGINNING);

/** The number whose digits begin here. */
function numberAt(text: Piece, from: number): number {
	let number = 0;
	for (let at = from; at < from + DIGITS; at++) number = number * 10 + text[at] - ZERO;
	return number;
}

// Room for every page but the longest: a letter takes three bytes at most.
const scratch = Buffer.allocUnsafeSlow(1_000_000);
const BYTES_A_LETTER = 3;
// With one such letter V8 has two bytes for each of a text.
const WIDE = /[^\0-\xff]/;

/**
 * The bytes of a text of two bytes a letter; Node's converter of buffers takes a third to a half of what V8 takes to
 * write it. Null for what is no text: half of a pair.
 */
function bytesOfWide(html: string): Piece | null {
	const length = scratch.write(html, 'utf16le');
	try {
		return transcode(scratch.subarray(0, length), 'utf16le', 'utf8') as Piece;
	} catch {
		return null;
	}
}

/** The bytes of HTML that is kept: those of Node's own pool would hold the 64 kB that they are a part of. */
export function bytesOf(html: string): Piece {
	if (html.length * BYTES_A_LETTER > scratch.length) return Buffer.from(html);
	const wide = WIDE.test(html) ? bytesOfWide(html) : null;
	if (wide) return wide;
	// To write and copy them takes a third of what `TextEncoder` takes, and half of a `Buffer`, which counts them first.
	const length = scratch.write(html);
	const bytes = Buffer.allocUnsafeSlow(length);
	scratch.copy(bytes, 0, 0, length);
	return bytes;
}

/**
 * Pieces of a page that are bytes already. Svelte writes a mark where each stands, and they are put in
 * when it is done: a page of comments is text that need not be joined and encoded again.
 */
export class Pieces {
	#pieces: Piece[] = [];

	/** Takes a piece, of fewer than ten thousand. @returns the HTML that stands for it */
	mark(piece: Piece): string {
		const number = this.#pieces.push(piece) - 1;
		return BEGINNING + String(number).padStart(DIGITS, '0') + END;
	}

	/** The finished page as bytes. */
	join(html: string): Piece {
		const text = bytesOf(html);
		if (this.#pieces.length === 0) return text;
		const parts: Piece[] = [];
		let from = 0;
		for (let at = text.indexOf(BYTES); at !== -1; at = text.indexOf(BYTES, from)) {
			parts.push(text.subarray(from, at), this.#pieces[numberAt(text, at + BYTES.length)]);
			from = at + LENGTH;
		}
		return from === 0 ? text : Buffer.concat([...parts, text.subarray(from)]);
	}
}
