import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Segment } from '#lib/server/comments/body.ts';
import { compose, type Composed } from '#lib/server/comments/compose.ts';
import type { QuotingContext } from '#lib/server/quotes/sources.ts';
import { markdown } from '#lib/server/quotes/join.ts';
import { preview } from '#lib/server/quotes/preview.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let context: QuotingContext;
let ids: string[];

const SENTENCES = [
	'The tide was out.',
	'We *waited* for hours.',
	'Nobody came?',
	'It’s “a shame”.'
];

beforeAll(async () => {
	room = await newsroom();
	const ann = await member(room.db, 'reader', 'Ann Lee');
	const ben = await member(room.db, 'reader', 'Ben O’Hara');
	context = { articleId: room.article.id, before: null };
	ids = [
		await say(room.db, ann, room.article, SENTENCES.slice(0, 3).join(' ')),
		await say(room.db, ben, room.article, SENTENCES.slice(2).join('\n\n'))
	];
});

/** A composed body without ids: own words, and of each quote its source, match, name and words. */
type Shape = string | { from: unknown; match: unknown; said: string; words: Shape[] };

function shape({ quotes }: Composed, body: Segment[]): Shape[] {
	return body.map((segment) => {
		if ('text' in segment) return segment.text;
		const { sourceCommentId, sourceArticleId, saidBy, match, body } = quotes.find(
			({ id }) => id === segment.quote
		)!;
		const from = sourceCommentId ?? sourceArticleId ?? null;
		const said = from === null ? (saidBy ?? '') : '';
		return { from, match, said, words: shape({ quotes, body: [], blocks: [] }, body) };
	});
}

const sentence = fc.oneof(
	fc.constantFrom(...SENTENCES),
	fc.constantFrom('I doubt it.', '**No.**', 'x', '- one\n- two', '2) two', 'a > b', '#1', '[quote]')
);
const passage = fc
	.array(fc.tuple(sentence, fc.constantFrom(' ', '\n', '\n\n', ' … ')), {
		minLength: 1,
		maxLength: 3
	})
	.map((parts) => parts.flat().join('').trim());
const name = fc.constantFrom('Ann Lee', "BEN O'HARA", 'glen8', 'As I', 'the man in the street');
const attribution = fc.oneof(
	fc.tuple(name, fc.constantFrom('said,', 'wrote:')).map(([who, verb]) => `${who} ${verb}`),
	fc.tuple(name, fc.nat(1)).map(([who, index]) => `[${who} said,](/c/ID${index})`)
);

function marked(text: string): string {
	return text.replace(/^/gm, '> ');
}

const { text } = fc.letrec<{ text: string; piece: string }>((tie) => ({
	piece: fc.oneof(
		{ depthSize: 'small' },
		passage,
		fc.tuple(attribution, passage).map(([who, words]) => `${who}\n${words}`),
		passage.map((words) => `\`\`\`\n${words}\n\`\`\``),
		fc.tuple(attribution, tie('text')).map(([who, words]) => marked(`${who}\n${words}`)),
		tie('text').map(marked),
		fc.tuple(name, tie('text')).map(([who, words]) => `[quote=${who}]${words}[/quote]`)
	),
	text: fc
		.array(fc.tuple(tie('piece'), fc.constantFrom('\n', '\n\n')), { minLength: 1, maxLength: 3 })
		.map((pieces) => pieces.flat().join('').trim())
}));

async function composed(source: string) {
	const made = await compose(room.db.read, context, source);
	const written = markdown(made.body, await preview(room.db.read, made.quotes));
	return { shape: shape(made, made.body), written };
}

test('a body written as Markdown and posted again has the same words and quotes', async () => {
	await fc.assert(
		fc.asyncProperty(text, async (draft) => {
			const first = await composed(
				draft.replace(/ID([01])/g, (_all, index: string) => ids[+index])
			);
			const second = await composed(first.written);
			expect(second.shape).toEqual(first.shape);
			expect(second.written).toBe(first.written);
		}),
		{ numRuns: 150 }
	);
});
