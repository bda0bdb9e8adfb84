import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { parse } from '#lib/server/quotes/parse.ts';
import { resolve, type ResolvedQuote } from '#lib/server/quotes/resolve.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';

// From what is written to what is stored: each run posts a comment, so there are fewer than elsewhere.
const RUNS = { numRuns: 60 };

const WORDS = [
	'a',
	'naïve',
	'don’t',
	'“so”',
	'3–4',
	'well—known',
	'Ärger',
	'猫です',
	'🙂',
	'ﬁne',
	'7',
	'b'
];
const word = fc.constantFrom(...WORDS);
const source = fc.array(word, { minLength: 2, maxLength: 25 });
const gap = fc.constantFrom(' ', '  ', '\n> ');
/** The same words, as another keyboard or program would have written them. */
const hand = fc.constantFrom<(text: string) => string>(
	(text) => text,
	(text) => text.normalize('NFD'),
	(text) => text.replace(/[“”]/g, '"').replaceAll('’', "'"),
	(text) => text.replace(/[–—]/g, '-'),
	(text) => text.replace(/[–—]/g, '--').replaceAll('a', 'a\u00ad')
);

let room: Newsroom;
let ann: Member;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
	page = await article(room.db);
});

/** What becomes of words that are written as a quote of a comment. */
async function quoted(said: string[], words: string): Promise<ResolvedQuote> {
	const id = await say(room.db, ann, page, said.join(' '));
	const segments = parse(`> [Ann Lee said,](/c/${id})\n> ${words}`);
	const [only] = await resolve(room.db.read, { articleId: page.id, before: null }, segments);
	return (only as { quoted: ResolvedQuote }).quoted;
}

test('every run of whole words is exact, by whatever hand it was written', async () => {
	await fc.assert(
		fc.asyncProperty(
			source,
			fc.nat(),
			fc.nat(),
			gap,
			hand,
			async (said, from, length, between, write) => {
				const start = from % said.length;
				const run = said.slice(start, start + 1 + (length % said.length));
				const { match } = await quoted(said, write(run.join(between)));
				expect(match).toBe('exact');
			}
		),
		RUNS
	);
});

test('two runs joined by an ellipsis are exact in their order', async () => {
	const joint = fc.constantFrom(' […] ', ' [...] ', '… ', ' … ', '... ');
	await fc.assert(
		fc.asyncProperty(source, fc.nat(), joint, hand, async (said, cut, between, write) => {
			const at = 1 + (cut % (said.length - 1));
			const first = said.slice(0, Math.ceil(at / 2)).join(' ');
			const { match } = await quoted(said, write(first + between + said.slice(at).join(' ')));
			expect(match).toBe('exact');
		}),
		RUNS
	);
});

test('what has a word that the source has not is never exact', async () => {
	const other = fc.constantFrom('never', 'Naïve', 'don', 'dont', 'Arger', '34', '猫', 'a b c');
	await fc.assert(
		fc.asyncProperty(source, fc.nat(), other, hand, async (said, place, strange, write) => {
			const words = said.with(place % said.length, strange);
			const isThere = ` ${said.join(' ')} `.includes(` ${words.join(' ')} `);
			const { match } = await quoted(said, write(words.join(' ')));
			expect(match).toBe(isThere ? 'exact' : 'altered');
		}),
		RUNS
	);
});
