import fc from 'fast-check';
import { test } from 'vitest';
import { isIn, wordsOf } from '#lib/server/quotes/match.ts';

// Few letters, so that runs repeat and overlap, and what is nearly there is tried often.
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '7'), minLength: 1, maxLength: 4 });
const words = fc.array(word, { minLength: 1, maxLength: 30 });
const gap = fc.constantFrom(' ', '  ', '\n', ' \n');

/** Words joined by all kinds of white space, with marks around some of them. */
const written = fc
	.tuple(words, fc.array(gap, { minLength: 30, maxLength: 30 }), fc.nat())
	.map(([list, gaps, marked]) => ({
		list,
		markdown: list
			.map((one, index) => (index === marked % list.length ? `**${one}**` : one) + gaps[index])
			.join('')
	}));

test('every run of whole words of a source is in it', () => {
	fc.assert(
		fc.property(written, fc.nat(), fc.nat(), ({ list, markdown }, from, length) => {
			const start = from % list.length;
			const run = list.slice(start, start + 1 + (length % list.length));
			return isIn(wordsOf(markdown), wordsOf(run.join(' ')));
		})
	);
});

test('what is not a run of whole words of a source is not in it', () => {
	fc.assert(
		fc.property(words, words, (source, passage) => {
			const isRun = ` ${source.join(' ')} `.includes(` ${passage.join(' ')} `);
			return isIn(wordsOf(source.join(' ')), wordsOf(passage.join(' '))) === isRun;
		}),
		{ numRuns: 500 }
	);
});

test('no text of any kind is in a source that has not its letters in that order', () => {
	const letters = (text: string) => wordsOf(text).replace(/[^\p{L}\p{N}]/gu, '');
	fc.assert(
		fc.property(
			fc.string({ unit: 'grapheme' }),
			fc.string({ unit: 'grapheme' }),
			(source, passage) => {
				if (/\.{3}|…/.test(passage) || !isIn(wordsOf(source), wordsOf(passage))) return true;
				return letters(source).includes(letters(passage));
			}
		)
	);
});
