import { describe, expect, test } from 'vitest';
import { pastOf } from '#lib/server/database/past.ts';
import { leadsTo, nameOf, read } from '#lib/server/live/moment.ts';

const PAST = 2 ** 48 - 1;

describe('a moment', () => {
	test.each([
		[{ revision: 17, history: 35 }, '17-z'],
		[{ revision: 999_999_999, history: PAST }, '999999999-2rrvthnxtr'],
		[{ revision: 1, history: pastOf('7', 2, '5') }, /^1-[0-9a-z]{8,10}$/],
		[{ revision: 17, history: null }, '17']
	])('%j has a name, which is read', (moment, name) => {
		expect(nameOf(moment)).toMatch(name);
		expect(read(nameOf(moment))).toEqual(moment);
	});

	test.each(['', '-z', '1-', '17-Z', '1.5', '-1', '1234567890', '1-12345678901', '1-z\n', ' 1'])(
		'%j names none',
		(name) => expect(read(name)).toBeNull()
	);

	const here = { revision: 17, history: 35 };
	test.each([
		['the same', here, true],
		['an earlier one', { ...here, revision: 16 }, true],
		['a later one, which is not there', { ...here, revision: 18 }, false],
		['one of another past', { ...here, history: 36 }, false],
		['an earlier one of another past', { revision: 16, history: 36 }, false],
		['one that does not say of which', { ...here, history: null }, true],
		['a later one that does not say of which', { revision: 18, history: null }, false]
	])('can be come to from %s: %j, %s', (_, from, can) => expect(leadsTo(from, here)).toBe(can));
});
