import { describe, expect, test } from 'vitest';
import { isIn, overlap, wordsOf } from '#lib/server/quotes/match.ts';

const SOURCE = wordsOf(
	[
		'The *harbour* “dredger” — all 1,200 tonnes of it — can’t leave before 3.5 metres of water.',
		'',
		'- First, [the tide](https://example.org/tide).',
		'- Then `the pilot`...',
		'',
		"We don't know. **Nobody** does"
	].join('\n')
);

describe('isIn', () => {
	test.each([
		['a run of words', 'leave before', true],
		['the whole', SOURCE, true],
		['other quotation marks and dashes', 'The harbour "dredger" - all', true],
		['two hyphens for a dash', 'dredger" -- all', true],
		['marks left out', '**The harbour** “dredger”', true],
		['a link’s text', 'First, the tide.', true],
		['over the ends of lines', 'the tide. Then the pilot', true],
		['other white space', 'leave\n\n  before', true],
		['the source’s own ellipsis', 'the pilot... We', true],
		['a character for the ellipsis', 'the pilot… We', true],
		['another case', 'the harbour', false],
		['words in another order', 'before leave', false],
		['a word left out', 'leave 3.5 metres', false],
		['half a word', 'arbour', false],
		['the beginning of a word', 'har', false],
		['half a contraction', 'it - can', false],
		['the other half', 't leave', false],
		['half a number', '1', false],
		['a decimal cut off', 'before 3', false],
		['nothing', '', false]
	])('%s', (_what, passage, expected) => expect(isIn(SOURCE, wordsOf(passage))).toBe(expected));

	test.each([
		['…', 'The harbour … before 3.5 metres', true],
		['...', 'The harbour ... before 3.5 metres', true],
		['[…]', 'The harbour […] before 3.5 metres', true],
		['[...]', 'The harbour [...] before 3.5 metres', true],
		['without spaces', 'The harbour…before 3.5 metres', true],
		['several', 'The harbour … leave … metres', true],
		['at the beginning', '… leave before', true],
		['at the end', 'leave before …', true],
		['pieces in another order', 'before 3.5 metres … The harbour', false],
		['the same piece twice', 'leave before … leave before', false],
		['a piece that is not there', 'The harbour … sails', false],
		['half a word in a piece', 'The harbour … befo', false],
		['around the source’s own', 'pilot... We […] does', true]
	])('pieces joined by %s', (_what, passage, expected) => {
		expect(isIn(SOURCE, wordsOf(passage))).toBe(expected);
	});

	test.each([
		['letters outside the basic plane', '𝐚𝐛𝐜 𝐝', '𝐛𝐜', false],
		['the whole word of such letters', '𝐚𝐛𝐜 𝐝', '𝐚𝐛𝐜', true],
		['a combining mark', 'nai\u0308ve', 'nai', false],
		['composed and decomposed', 'na\u00efve', 'nai\u0308ve', true],
		['text without spaces', '港口今天关闭', '港口', false],
		['nothing but an ellipsis', 'a b', '…', false],
		['between punctuation', 'a (b) c', 'b', true],
		['an apostrophe that ends a word', "the pilots' boat", 'the pilots', true],
		['quotation marks within', "he said 'yes' twice", 'yes', true],
		['soft hyphens and zero-width spaces', 'har\u00adbour\u200b wall', 'harbour wall', true]
	])('%s', (_what, source, passage, expected) => {
		expect(isIn(wordsOf(source), wordsOf(passage))).toBe(expected);
	});
});

test.each([
	['a b c', 'a b c', 1],
	['a b c', 'A B x y', 0.5],
	['a b c', 'x', 0]
])('overlap of %j and %j is %d', (source, words, share) => {
	expect(overlap(source, words)).toBe(share);
});
