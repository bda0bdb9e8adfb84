import { describe, expect, test } from 'vitest';
import {
	check,
	isReserved,
	lookupKey,
	nameKey,
	nameSkeleton,
	RESERVED
} from '#lib/server/accounts/names/names.ts';
import { isRefusal } from '#lib/server/refusal.ts';

function refusalOf(name: string) {
	try {
		check(name);
	} catch (thrown) {
		if (isRefusal(thrown)) return thrown;
		throw thrown;
	}
	return null;
}

const CYRILLIC_A = '\u0430';
const ZALGO = 'z\u0337\u0322\u0321a\u0336\u0327l\u0335g\u0338o';

describe('names that are refused', () => {
	test.each([
		['Cyrillic a', `${CYRILLIC_A}dmin`, /one alphabet/],
		['zero width space', 'admin\u200b', /letters, numbers/],
		['zero width joiner within', 'ad\u200dmin', /letters, numbers/],
		['capitals of a reserved name', 'ADMIN', /newsroom/],
		['full width', 'ａｄｍｉｎ', /newsroom/],
		['right-to-left override', '\u202Enimda', /letters, numbers/],
		['bidi isolate within', 'ad\u2066min', /letters, numbers/],
		['zalgo', ZALGO, /letters, numbers/],
		['two hundred code points in one letter', `a${'\u0301'.repeat(250)}`, /at most 30/],
		['fifty accented letters', 'a\u0301'.repeat(50), /at most 30/],
		['a path', '../x', /letters, numbers/],
		['dots', '..', /letters, numbers/],
		['HTML', '"><img src=x>', /letters, numbers/],
		['a prototype', '__proto__', /letters, numbers/],
		['a constructor', 'constructor', /newsroom/],
		['null', 'null', /newsroom/],
		['a digit', '1', /at least 2/],
		['digits', '123', /at least one letter/],
		['emoji', '😀😀', /letters, numbers/],
		['a keycap', 'a1️⃣', /letters, numbers/],
		['nothing', '', /at least 2/],
		['spaces', '   ', /at least 2/],
		['a line break', 'Adam\nReyher', /letters, numbers/],
		['NUL', 'Adam\0', /letters, numbers/],
		['a lone surrogate', 'Adam\ud800', /letters, numbers/],
		['invisible letters', 'A\u3164\u3164', /letters, numbers/],
		['an e-mail address', 'adam@example.org', /letters, numbers/],
		['a slash', 'adam/reyher', /letters, numbers/],
		['small capitals', 'ᴀᴅᴍɪɴ', /one alphabet/],
		['a phonetic letter', 'ɑdam', /one alphabet/],
		['a click letter for l', 'pau\u01c0', /one alphabet/],
		['Greek within Latin', 'mοderatοr', /one alphabet/],
		['a Hangul stroke for i', 'adm\u3163n', /one alphabet/],
		['runes', 'ᚠᚢᚦ', /one alphabet/],
		['an Arabic mark on a Latin letter', 'a\u064edam', /one alphabet/],
		['a digit for a letter', 'adm1n', /newsroom/],
		['zero for o', 'm0derat0r', /newsroom/],
		['dots between', 'A.d.m.i.n', /newsroom/],
		['a sign at the end', 'admin_', /newsroom/],
		['an accent', 'ádmin', /newsroom/],
		['the site', 'Afterword', /newsroom/],
		['wholly Cyrillic', 'ѕуѕтем', /newsroom/],
		['rn for m', 'adrnin', /newsroom/],
		['thirty-one letters', 'a'.repeat(31), /at most 30/],
		['a million letters', 'a'.repeat(1_000_000), /at most 30/]
	])('%s', (_, name, words) => {
		const refusal = refusalOf(name);
		expect(refusal?.message).toMatch(words);
		expect(refusal?.status).toBe(422);
		expect(refusal?.details.field).toBe('name');
	});

	test.each(RESERVED)('%s is reserved', (name) => expect(isReserved(name)).toBe(true));
});

describe('names that people have', () => {
	test.each([
		['Adam Reyher'],
		['glen8'],
		["O'Brien"],
		['Anne-Marie St. John'],
		['user_42'],
		['Zoë'],
		['Søren'],
		['Łukasz'],
		['Nguyễn Văn An'],
		['Ẹ́niọlá'],
		['Əli'],
		['Иван Петров'],
		['Γιώργος'],
		['Հայկ'],
		['דוד'],
		['محمد'],
		['नमस्ते'],
		['สมชาย'],
		['田中さん'],
		['김철수'],
		['Al'],
		['a'.repeat(30)]
	])('%s', (name) => {
		const { name: stored } = check(name);
		expect(stored).toBe(name.normalize('NFKC'));
		const { pathname } = new URL(`/people/${encodeURIComponent(stored)}`, 'http://a.test');
		expect(decodeURIComponent(pathname)).toBe(`/people/${stored}`);
		expect(lookupKey(stored)).toBe(check(name).key);
	});

	test('are tidied', () => {
		expect(check('  Adam   Reyher ').name).toBe('Adam Reyher');
		expect(check('O’Brien').name).toBe("O'Brien");
		expect(check('ａlice').name).toBe('alice');
	});

	test('the operator may use those of the newsroom', () => {
		expect(check('Admin', { reservedToo: true }).name).toBe('Admin');
		expect(() => check('аdmin', { reservedToo: true })).toThrow(/one alphabet/);
	});
});

describe('one key', () => {
	test.each([
		['Adam Reyher', 'ADAM  reyher'],
		['Strauß', 'STRAUSS'],
		['Γιώργος', 'ΓΙΏΡΓΟΣ'],
		['Zoë', 'Zoe\u0308'],
		['alice', 'ａｌｉｃｅ'],
		['O’Brien', "o'brien"]
	])('%s and %s', (a, b) => expect(nameKey(a)).toBe(nameKey(b)));

	test('but not for other names', () => expect(nameKey('Zoë')).not.toBe(nameKey('Zoe')));

	test.each([['a\0'], ['\u202ea'], ['a'.repeat(300)]])('none for %j', (name) => {
		expect(lookupKey(name)).toBeNull();
	});
});

describe('one skeleton', () => {
	test.each([
		['paul', 'pauI'],
		['paul', 'pau1'],
		['PAUL', 'paul'],
		['paypal', 'раураӏ'],
		['TOM', 'ТОМ'],
		['NINA', 'ΝΙΝΑ'],
		['bob', 'b0b'],
		['Adam Reyher', 'adam_reyher'],
		['modern', 'modem'],
		['William', 'vvilliam']
	])('%s and %s', (a, b) => expect(nameSkeleton(a)).toBe(nameSkeleton(b)));

	test.each([
		['reader_1_11', 'reader_11_1'],
		['José', 'Jose'],
		['Anna', 'Hanna']
	])('not %s and %s', (a, b) => expect(nameSkeleton(a)).not.toBe(nameSkeleton(b)));
});
