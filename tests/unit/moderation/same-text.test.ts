import { describe, expect, test } from 'vitest';
import { nearlyAny } from '#lib/server/moderation/screen/similarity.ts';
import { ownWords, subjectOf } from '#lib/server/moderation/screen/subject.ts';
import { textKeyOf } from '#lib/server/moderation/screen/text-key.ts';
import { renderMarkdown } from '#lib/server/text/render.ts';

const TEXT = 'The ferry should sail every hour in summer, and every two hours in winter.';

describe('texts that a reader takes for the same have one key', () => {
	test.each([
		['capitals', TEXT.toUpperCase()],
		['punctuation and space', TEXT.replaceAll(' ', '…  ').replace('.', '!!!')],
		['accents', TEXT.replaceAll('e', 'é')],
		['look-alikes', TEXT.replaceAll('o', 'о').replaceAll('a', 'а')],
		['repeated letters', TEXT.replaceAll('r', 'rrr')]
	])('%s', (_, other) => {
		expect(textKeyOf(other)).toBe(textKeyOf(TEXT));
	});

	test('other words have another', () => {
		expect(textKeyOf(TEXT.replace('ferry', 'train'))).not.toBe(textKeyOf(TEXT));
	});

	test('few words have none', () => {
		expect(textKeyOf('I agree with that!')).toBeNull();
		expect(textKeyOf('')).toBeNull();
	});
});

describe('texts are nearly the same', () => {
	test('with a word added', () => {
		expect(nearlyAny(TEXT, ['Hello!', `Hello! ${TEXT}`])).toBe(true);
	});

	test.each([
		['other words', 'Nobody spoke against the plan for the pier on Tuesday evening, not even Ann.'],
		['half of it', `${TEXT} ${TEXT.split(' ').toReversed().join(' ')}`],
		['few words', 'The ferry should sail.']
	])('not with %s', (_, other) => {
		expect(nearlyAny(TEXT, [other])).toBe(false);
	});
});

describe('a comment’s own words', () => {
	const rendered = (markdown: string) => [{ html: renderMarkdown(markdown) }];

	test('are what a reader sees', () => {
		const blocks = rendered('b**a**d & <ill>\n\n- one\n- two\nthree');
		expect(ownWords(blocks)).toMatch(/^bad & <ill>\s+one\s+two\s+three$/);
	});

	test('are not those of its quotes', () => {
		const blocks = [...rendered('Before'), { quote: '0123456789abcdef' }, ...rendered('after')];
		expect(ownWords(blocks)).toMatch(/^Before\s+after$/);
	});

	test('link to hosts', () => {
		const { hosts } = subjectOf(
			rendered('[a](https://A.example/x) https://b.example./ [c](/c/x) <d@e.example>')
		);
		expect(hosts).toEqual(['a.example', 'b.example']);
	});
});
