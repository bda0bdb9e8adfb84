import { describe, expect, it } from 'vitest';
import { canonicalWords, foldName, sameName } from '#lib/server/text/canonical.ts';

describe('canonicalWords', () => {
	it.each([
		['it’s ‘so’ ‚x‛ 5′ don´t', "it's 'so' 'x' 5' don't"],
		['“a” „b‟ «c» 5″', '"a" "b" "c" 5"'],
		['a‐b‑c‒d–e—f―g−h－i', 'a-b-c-d-e-f-g-h-i'],
		['yes -- no --- maybe', 'yes - no - maybe'],
		['well… then', 'well... then'],
		[' a\n\tb\u00a0 \u2003c ', 'a b c'],
		['e\u0301', 'é'],
		['co\u00adop\u200ber\u2060a\ufefftion', 'cooperation'],
		['Case Stays', 'Case Stays']
	])('%j', (input, output) => {
		expect(canonicalWords(input)).toBe(output);
		expect(canonicalWords(output)).toBe(output);
	});
});

describe('sameName', () => {
	it.each([
		['Adam Reyher', 'adam  reyher'],
		['O’Brien', "o'brien"],
		['ＡＤＭＩＮ', 'admin'],
		['Straße', 'STRASSE'],
		['Jean–Luc', 'Jean-Luc'],
		['Zoe\u0308', 'zoë'],
		['ﬁn', 'FIN']
	])('%j is %j', (a, b) => {
		expect(sameName(a, b)).toBe(true);
		expect(foldName(foldName(a))).toBe(foldName(a));
	});

	it.each([
		['glen8', 'glen'],
		['a b', 'ab'],
		['admin', 'аdmin']
	])('%j is not %j', (a, b) => {
		expect(sameName(a, b)).toBe(false);
	});
});
