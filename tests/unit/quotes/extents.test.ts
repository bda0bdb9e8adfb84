import { describe, expect, test } from 'vitest';
import { extentIn, extentToBlankLine, wordsOf } from '#lib/server/quotes/match.ts';

const SOURCE = wordsOf('The tide was out. The boat lay **dry**. We waited.\n\nThen it rained.');

describe('extentIn', () => {
	test.each([
		['all of it', 'The tide was out.', { quoted: 'The tide was out.', rest: '' }],
		[
			'whole lines',
			'The boat lay dry. We waited.\nSo what?',
			{ quoted: 'The boat lay dry. We waited.', rest: 'So what?' }
		],
		[
			'lines over paragraphs',
			'We waited.\n\nThen it rained.\n\nSo what?',
			{ quoted: 'We waited.\n\nThen it rained.', rest: '\nSo what?' }
		],
		[
			'lines broken elsewhere',
			'The tide was\nout. The boat',
			{ quoted: 'The tide was\nout. The boat', rest: '' }
		],
		[
			'empty lines before',
			'\n\nThe tide was out.\nNo.',
			{ quoted: 'The tide was out.', rest: 'No.' }
		],
		[
			'sentences of a line',
			'The tide was out. The boat lay dry. I doubt it.',
			{ quoted: 'The tide was out. The boat lay dry.', rest: 'I doubt it.' }
		],
		[
			'sentences after empty lines',
			'\nThe tide was out. I doubt it.',
			{ quoted: 'The tide was out.', rest: 'I doubt it.' }
		],
		['fewer words than tell', 'We waited. I doubt it.', null],
		['nothing of it', 'The train was late.', null],
		['its middle only', 'I say: the tide was out.', null]
	])('%s', (_what, text, expected) => expect(extentIn(SOURCE, text)).toEqual(expected));

	test('the longest of many sentences', () => {
		const sentences = Array.from({ length: 60 }, (_, index) => `This is sentence ${index}.`);
		const source = wordsOf(sentences.join(' '));
		const quoted = sentences.slice(0, 37).join(' ');
		expect(extentIn(source, `${quoted} And this is mine.`)).toEqual({
			quoted,
			rest: 'And this is mine.'
		});
	});
});

test.each([
	['one\ntwo\n\nthree\n\nfour', { quoted: 'one\ntwo', rest: 'three\n\nfour' }],
	['\n\none\n \t\ntwo', { quoted: 'one', rest: 'two' }],
	['one', { quoted: 'one', rest: '' }]
])('without a source %j ends at the blank line', (text, expected) => {
	expect(extentToBlankLine(text)).toEqual(expected);
});
