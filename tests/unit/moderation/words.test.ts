import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '#lib/server/moderation/screen/words/matcher.ts';
import { symbolsOfText } from '#lib/server/moderation/screen/words/symbols.ts';

function found(entries: string[], text: string): string[] {
	return compile(entries).find(symbolsOfText(text));
}

describe('a whole word', () => {
	test.each([
		['as it is', 'You scum!'],
		['capitals', 'SCUM of the earth'],
		['accents', 'scúm'],
		['full-width letters', 'ｓｃｕｍ'],
		['Cyrillic look-alikes', 'ѕсuм'],
		['digits and signs for letters', '$cum'],
		['invisible characters within', 'sc\u200bu\u00adm'],
		['points between', 's.c.u.m'],
		['spaces between', 'you s c u m !'],
		['points and spaces between', 's. c. u. m.'],
		['one letter cut off', 's-cum'],
		['letters repeated', 'scuuuuummmm'],
		['at the end of a sentence', 'They are scum.'],
		['in quotation marks', '“scum”'],
		['beside a picture', 'scum🖕'],
		['beside another word', 'scum/pond']
	])('is seen through %s', (_, text) => {
		expect(found(['scum'], text)).toEqual(['scum']);
	});

	test.each([
		['Scunthorpe', ['cunt']],
		['Penistone and Clitheroe', ['penis', 'clit']],
		['good', ['god']],
		['as they pass', ['ass']],
		['asses', ['ass']],
		['the fall of the hall', ['fail', 'hail']],
		['the 455 bus in 1945', ['ass', 'igas']],
		['two 5s', ['s s']],
		['s cum', ['scumm']]
	])('is not found in “%s”', (text, entries) => {
		expect(found(entries, text)).toEqual([]);
	});

	test('with i and l is found where nobody can tell them apart', () => {
		for (const text of ['idiot', '1d1ot', 'ldlot'.replaceAll('l', '|'), 'іdіоt']) {
			expect(found(['idiot'], text)).toEqual(['idiot']);
		}
		expect(found(['kill'], 'k!11')).toEqual(['kill']);
	});

	test('may be a number or a picture', () => {
		expect(found(['1488'], 'Since 1488.')).toEqual(['1488']);
		expect(found(['1488'], 'Since 14880.')).toEqual([]);
		expect(found(['10'], 'There were 1000.')).toEqual([]);
		expect(found(['🖕'], 'You🖕🖕')).toEqual(['🖕']);
	});
});

describe('a phrase', () => {
	test('is found across line breaks and punctuation', () => {
		expect(found(['cheap pills'], 'Buy CHEAP,\n– pi11s now')).toEqual(['cheap pills']);
	});

	test('is not found with a word between, nor in parts', () => {
		expect(found(['cheap pills'], 'cheap red pills')).toEqual([]);
		expect(found(['cheap pills'], 'cheap pillsbury')).toEqual([]);
	});
});

describe('a star', () => {
	test.each([
		['scum*', 'scumbags', true],
		['scum*', 'scum', true],
		['scum*', 'the scummy pond', true],
		['scum*', 'pondscum', false],
		['*scum', 'pondscum', true],
		['*scum*', 'pondscummy', true],
		['*scum*', 'pond scu m', false],
		['sc*m', 'scheme', false],
		['sc*m', 'scream', true],
		['sc*m', 'sc am', false],
		['as*', 'assume', true],
		['buy * now', 'buy now', false],
		['buy pill* now', 'buy pills now', true]
	])('%s in “%s”: %s', (entry, text, is) => {
		expect(found([entry], text).length > 0).toBe(is);
	});
});

describe('for any entries and texts', () => {
	// Letters that do not look alike, none of them twice in a row.
	const word = fc
		.array(fc.constantFrom('b', 'c', 'd'), { minLength: 2, maxLength: 8 })
		.map((letters) => letters.filter((one, index) => one !== letters[index - 1]).join(''))
		.filter((text) => text.length > 1);
	const starred = fc
		.tuple(word, word, fc.nat(3))
		.map(([a, b, kind]) => [`${a}*`, `*${a}`, `${a}*${b}`, `*${a}*`][kind]);
	const entry = fc.oneof(word, starred);
	const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));

	test('what is found is what an expression finds', () => {
		fc.assert(
			fc.property(fc.uniqueArray(entry, { maxLength: 6 }), text, (entries, said) => {
				const expected = entries.filter((one) =>
					new RegExp(`(^| )${one.replaceAll('*', '[a-z]*')}( |$)`).test(said)
				);
				expect(found(entries, said).toSorted()).toEqual(expected.toSorted());
			})
		);
	});

	test('nothing throws, and what is found is an entry', () => {
		const any = fc.string({ unit: 'binary', maxLength: 60 });
		fc.assert(
			fc.property(fc.array(any, { maxLength: 10 }), any, (entries, said) => {
				for (const one of found(entries, said)) expect(entries).toContain(one);
			})
		);
	});
});

describe('I15 however it is made, a text costs no more than its length', () => {
	const lists = {
		stars: ['*a*b*', '*ab*ab', 'a*ba*b', '*b*a*b'],
		'growing beginnings': Array.from({ length: 60 }, (_, n) => `${'ab'.repeat(n % 30)}*`),
		'look-alikes': Array.from({ length: 25 }, (_, n) => `*${'il'.repeat(n + 1)}x`),
		phrases: Array.from({ length: 12 }, (_, n) => 'ab '.repeat(n + 1))
	};
	const texts = {
		'one endless word': 'ab',
		'words without end': 'ab ',
		'letters spelled out': 'a b ',
		'letters with points': 'a.b.',
		'signs that may be two letters': '1!|l',
		accents: 'a\u0301b\u0308'
	};

	for (const [list, entries] of Object.entries(lists)) {
		const matcher = compile(entries);
		const steps = (text: string, times: number) => matcher.steps(symbolsOfText(text.repeat(times)));
		test.each(Object.entries(texts))(`${list}, %s`, (_, text) => {
			const once = steps(text, 1_000);
			expect(steps(text, 4_000)).toBeLessThanOrEqual(4.1 * once);
		});
	}

	test('symbols are at most three times as many as characters', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
				const most = 3 * text.normalize('NFKD').length + 3;
				expect(symbolsOfText(text).length).toBeLessThanOrEqual(most);
			})
		);
	});
});
