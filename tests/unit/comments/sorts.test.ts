import { describe, expect, test } from 'vitest';
import { cursorOf, readCursor, readSort } from '#lib/server/comments/sorts.ts';
import { SORTS } from '#lib/server/comments/view.ts';
import { encodeCursor } from '#lib/server/cursors.ts';
import { newId } from '#lib/server/ids.ts';

const id = newId();

test.each(SORTS)('a cursor of %s is read back', (sort) => {
	const place = { id, rank: 7 };
	expect(readCursor(sort, cursorOf(sort, place))).toEqual({ ...place, back: false });
	expect(readCursor(sort, cursorOf(sort, place, true))).toEqual({ ...place, back: true });
});

describe('is no cursor:', () => {
	test.each([
		['nothing', ''],
		['no code', '!!'],
		['no list', Buffer.from('{"0":1}').toString('base64url')],
		['another sort', cursorOf('best', { id, rank: 1 })],
		['too few parts', encodeCursor(['newest', 1])],
		['too many parts', encodeCursor(['newest', 1, id, id])],
		['many too many parts', encodeCursor(['newest', 1, id, 'back', 'back'])],
		['no id', encodeCursor(['newest', 1, "' or 1=1 --"])],
		['an id in capitals', encodeCursor(['newest', 1, id.toUpperCase()])],
		['a fraction', encodeCursor(['newest', 1.5, id])],
		['a number that no column holds', encodeCursor(['newest', 2 ** 31, id])],
		['a text for a number', encodeCursor(['newest', '1', id])],
		['a very long one', 'A'.repeat(100_000)]
	])('%s', (_what, cursor) => {
		expect(() => readCursor('newest', cursor)).toThrow(/damaged/);
	});
});

test.each([
	[null, 'oldest'],
	[undefined, 'oldest'],
	['', 'oldest'],
	['best', 'best']
])('the sort %j is %s', (text, sort) => expect(readSort(text)).toBe(sort));

test.each(['Best', 'toString', '__proto__', 'best '])('%j is no sort', (text) => {
	expect(() => readSort(text)).toThrow(/must be one of/);
});
