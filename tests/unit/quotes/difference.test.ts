import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference, type Difference } from '#lib/server/quotes/difference.ts';

/** In one line: (around) [-left out-] {+put in+}. */
function shown({ parts, before, after }: Difference): string {
	const marked = parts.map(({ kind, words }) => {
		if (kind === 'same') return words;
		if (kind === 'around') return `(${words})`;
		return kind === 'left-out' ? `[-${words}-]` : `{+${words}+}`;
	});
	return [...(before ? ['…'] : []), ...marked, ...(after ? ['…'] : [])].join(' ');
}

const MANY = Array.from({ length: 400 }, (_, n) => `word${n}`).join(' ');

test.each<[string, string, string, string]>([
	[
		'a word changed',
		'I doubt it very much.',
		'I believe it very much.',
		'I [-doubt-] {+believe+} it very much.'
	],
	['a word left out', 'This is not true.', 'This is true.', 'This is [-not-] true.'],
	['a word put in', 'This is true.', 'This is not true.', 'This is {+not+} true.'],
	[
		'shapes of punctuation are no difference',
		'“Well” – he said…',
		'"Well" - she said...',
		'"Well" - [-he-] {+she+} said...'
	],
	['white space is none', 'one\ntwo   three', 'one two four', 'one two [-three-] {+four+}'],
	['the first word changed', 'Then I doubt it.', 'We doubt it.', '(Then) [-I-] {+We+} doubt it.'],
	[
		'the last word changed',
		'I doubt it very much.',
		'I doubt that',
		'I doubt [-it-] {+that+} (very much.)'
	],
	[
		'a place far within',
		`${MANY} the very end of it ${MANY}`,
		'the very start of it',
		'… (word394 word395 word396 word397 word398 word399) the very [-end-] {+start+} of it (word0 word1 word2 word3 word4 word5) …'
	]
])('%s', (_what, source, quoted, line) => {
	expect(shown(difference(source, quoted)!)).toBe(line);
});

test('what has nothing in common is not compared', () => {
	expect(difference('One thing.', 'Something else')).toBeNull();
	expect(difference('', 'Something')).toBeNull();
	const other = MANY.replaceAll('word', 'other');
	expect(difference(`${MANY} ${MANY} ${MANY}`, `${other} word1 ${other} ${other}`)).toBeNull();
});

test('whatever the texts, the quoted words are told whole and in order, and all else is the source’s', () => {
	const text = fc
		.array(fc.constantFrom('a', 'b', 'c', 'd', 'Well,', '“x”'), { minLength: 1, maxLength: 60 })
		.map((words) => words.join(' '));
	fc.assert(
		fc.property(text, text, (source, quoted) => {
			const found = difference(source, quoted);
			if (found === null) return true;
			const without = (...kinds: string[]) =>
				found.parts
					.filter((part) => !kinds.includes(part.kind))
					.map(({ words }) => words)
					.join(' ');
			return without('left-out', 'around') === quoted && source.includes(without('put-in'));
		})
	);
});
