import { describe, expect, test } from 'vitest';
import { grouped } from '#lib/server/moderation/alike.ts';
import { likeness, shinglesOf, wordsOf } from '#lib/server/moderation/likeness.ts';

const SPAM =
	'Best shoes in town, now half the price, only today and only here, come and see for yourself';

function groupsOf(...texts: (string | [text: string, textKey: string])[]): number[][] {
	const items = texts.map((one, index) => {
		const [text, textKey] = typeof one === 'string' ? [one, null] : one;
		return { index, text, textKey };
	});
	return grouped(items).map((group) => group.map(({ index }) => index));
}

describe('texts are put together', () => {
	test.each([
		['the same', [SPAM, 'Something else entirely', SPAM], [[0, 2], [1]]],
		['nearly the same', [SPAM, `${SPAM} soon`], [[0, 1]]],
		['in other case and with other marks', ['Well, well, well!', 'well well WELL'], [[0, 1]]],
		['short and different', ['Yes.', 'No.'], [[0], [1]]],
		['without words', ['!!!', '???'], [[0], [1]]],
		['with half in common', [SPAM, SPAM.slice(0, 40)], [[0], [1]]]
	])('%s', (_, texts, groups) => {
		expect(groupsOf(...texts)).toEqual(groups);
	});

	test('that read the same by their key, whatever their letters', () => {
		expect(groupsOf(['Bu y  n0w', 'k'], ['buy now', 'k'], ['buy now', 'other'])).toEqual([
			[0, 1],
			[2]
		]);
	});
});

test('likeness is of all that either has', () => {
	const rows = shinglesOf(wordsOf('one two three four'));
	expect([...rows]).toEqual(['one two three', 'two three four']);
	expect(likeness(rows, rows)).toBe(1);
	expect(likeness(rows, shinglesOf(wordsOf('two three four five')))).toBeCloseTo(1 / 3);
	expect(likeness(rows, new Set())).toBe(0);
});
