import { sql, type SQL } from 'drizzle-orm';
import { randomInt } from 'node:crypto';

/** Crockford-like base32 in lower case, in ASCII order, so that ids sort as text on both databases. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARACTERS = 9; // 45 bits of milliseconds last until the year 3084
const RANDOM_CHARACTERS = 7; // 35 bits for each millisecond
const RANDOM_SPACE = 2 ** 35;
const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{16}$/;

let lastTime = 0;
let lastRandom = 0;

function encode(value: number, characters: number): string {
	let text = '';
	for (let rest = value; text.length < characters; rest = Math.floor(rest / 32)) {
		text = ALPHABET[rest % 32] + text;
	}
	return text;
}

function random35(): number {
	return randomInt(RANDOM_SPACE);
}

/**
 * A new id: 16 characters of base32, 45 bits of Unix milliseconds and 35 of randomness.
 * Ids made by one process rise strictly, also when the clock stands still or goes back.
 */
export function newId(): string {
	const now = Date.now();
	if (now > lastTime) {
		lastTime = now;
		lastRandom = random35();
	} else if (++lastRandom >= RANDOM_SPACE) {
		lastTime += 1;
		lastRandom = random35();
	}
	return encode(lastTime, TIME_CHARACTERS) + encode(lastRandom, RANDOM_CHARACTERS);
}

// Room above the first number for hundreds of millions of steps.
const FIRST_STEPS = RANDOM_SPACE / 4;
const LONGEST_STEP = 64;

/**
 * A maker of ids that carry given times, for imports: they sort by time, and those of equal times in
 * the order in which they were made, whatever came between.
 */
export function idMaker(): (at: Date) => string {
	let step = random35() % FIRST_STEPS;
	return (at) => {
		step = (step + 1 + (random35() % LONGEST_STEP)) % RANDOM_SPACE;
		const time = Math.max(0, at.getTime());
		return encode(time, TIME_CHARACTERS) + encode(step, RANDOM_CHARACTERS);
	};
}

/** What sorts before every id of a time or later, and after all that are earlier. */
export function firstIdAt(at: Date): string {
	return encode(Math.max(0, at.getTime()), TIME_CHARACTERS) + ALPHABET[0].repeat(RANDOM_CHARACTERS);
}

/** Where a statement that makes ids itself begins: `idDigits` says how. */
export interface IdRange {
	/** The first characters of each id: the time. */
	time: string;
	/** The number of the first id; the others follow it. */
	start: number;
}

/** A place from which a statement may count millions of ids that meet no others. */
export function idRange(): IdRange {
	return { time: encode(Date.now(), TIME_CHARACTERS), start: random35() % (RANDOM_SPACE / 2) };
}

/** An id that no one made at or after this time is below: for ranges of time over a table's ids. */
export function lowestIdAt(at: Date): string {
	return encode(Math.max(0, at.getTime()), TIME_CHARACTERS).padEnd(ID_LENGTH, ALPHABET[0]);
}

// A character of base32 is worth so many bits.
const BITS = 5;

/** In SQL: the last characters of an id of this number, to stand after the time of its range. */
export function idDigits(number: SQL): SQL {
	const digits = Array.from({ length: RANDOM_CHARACTERS }, (_, place) => {
		const shift = BITS * (RANDOM_CHARACTERS - 1 - place);
		const digit = sql`cast((${number} >> cast(${shift} as integer)) & 31 as integer)`;
		return sql`substr(cast(${ALPHABET} as text), ${digit} + 1, 1)`;
	});
	return sql.join(digits, sql` || `);
}

/** An id that is less than all that were made in the last so many milliseconds, by the clock that ids are made with. */
export function idBefore(milliseconds: number): string {
	return encode(Math.max(0, Date.now() - milliseconds), TIME_CHARACTERS);
}

/** Whether a text has the form of an id of ours. */
export function isId(text: unknown): text is string {
	return typeof text === 'string' && text.length === 16 && ID_PATTERN.test(text);
}

/** Characters of an id; shorter or longer text is no id. */
export const ID_LENGTH = TIME_CHARACTERS + RANDOM_CHARACTERS;
