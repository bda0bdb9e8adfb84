import * as v from 'valibot';

const TIME =
	/^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/;
// What our ids can carry; a later time is a slip.
const LAST_YEAR = 3000;

/** A time in ISO 8601 with an offset, or null when the text is none. */
export function readTime(text: string): Date | null {
	const [, year, month, day] = TIME.exec(text)?.map(Number) ?? [];
	if (!year || year > LAST_YEAR) return null;
	// Date takes 30 February for 2 March.
	if (day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) return null;
	const offsetInFull = text
		.toUpperCase()
		.replace(/([+-]\d\d):?(\d\d)?$/, '$1:$2')
		.replace(/:$/, ':00');
	const time = new Date(/Z$/i.test(text) ? text.toUpperCase() : offsetInFull);
	return Number.isNaN(time.getTime()) ? null : time;
}

/** Any text. */
export const text = v.string('is not text');
/** Text that says something. */
export const name = v.pipe(
	text,
	v.check((value) => value.trim() !== '', 'is empty')
);
/** A point in time. */
export const time = v.pipe(
	text,
	v.check((value) => readTime(value) !== null, 'is not a time in ISO 8601 with an offset'),
	v.transform((value) => readTime(value)!)
);
/** A whole number. */
export const wholeNumber = v.pipe(
	v.number('is not a number'),
	v.check((value) => Number.isSafeInteger(value), 'is not a whole number')
);
/** A whole number that a column holds: 0 to 2,147,483,647. */
export const count = v.pipe(
	wholeNumber,
	v.check((value) => value >= 0 && value < 2 ** 31, 'is out of range')
);
/** true or false. */
export const yes = v.boolean('is not true or false');

/** One of some words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
	return v.picklist(words, `is none of ${words.join(', ')}`);
}

/** An object with known fields; others are dropped (and counted elsewhere). */
export function fields<const Entries extends v.ObjectEntries>(entries: Entries) {
	return v.object(entries, 'is not an object');
}

/** A list. */
export function list<const Item extends v.GenericSchema>(item: Item) {
	return v.array(item, 'is not a list');
}
