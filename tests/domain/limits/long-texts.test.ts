import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { post } from '#lib/server/comments/post.ts';
import { preview } from '#lib/server/comments/preview.ts';
import * as limits from '#lib/server/limits/limits.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome, outcomes } from '../support/refusals.ts';
import * as settings from '../support/settings.ts';

settings.set({ RATE_LIMITS: 'on' });

const AT_ONCE = 10;
const LONG = 'Some words about the harbour wall. '.repeat(40);
// What is found out only by taking it apart.
const TOO_COMPLEX = `${'> '.repeat(20)}${LONG}`;

let room: Newsroom;
let writer: Actor;
let writers = 0;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	writer = await member(room.db, 'reader', `Writer ${'abcdefghij'[writers++]}`);
});

function send(body: string, actor: Actor = writer) {
	return post(room.db, actor, { article: room.article.slug, body });
}

async function exhaust(limit: limits.Limit): Promise<void> {
	const [{ burst }] = limit.allowances;
	await room.db.write(async (tx) => {
		for (let n = 0; n < burst; n++) await limits.take(tx, limit, writer);
	});
}

describe('at once, of one account', () => {
	const acts: [string, (number: number) => Promise<unknown>][] = [
		['posts', (number) => send(`${number} ${LONG}`)],
		[
			'previews',
			(number) =>
				preview(room.db, writer, { article: room.article.slug, body: `${number} ${LONG}` })
		]
	];
	test.each(acts)('a few long %s wait for their turn', async (_, act) => {
		const answers = await outcomes(Array.from({ length: AT_ONCE }, (_, number) => act(number)));
		expect(answers['429 too-many']).toBeGreaterThan(0);
		expect(answers.done).toBeGreaterThanOrEqual(4);
		expect(Object.keys(answers)).toHaveLength(2);
		expect(await outcome(act(AT_ONCE))).toBe('done');
	});

	test('long edits too', async () => {
		const id = await say(room.db, writer, room.article, 'Hello');
		const edits = Array.from({ length: AT_ONCE }, (_, number) =>
			edit(room.db, writer, { id, body: `${number} ${LONG}` })
		);
		const answers = await outcomes(edits);
		expect(answers['429 too-many']).toBeGreaterThan(0);
		// The others meet each other.
		expect(answers.done + (answers['409 edited-meanwhile'] ?? 0)).toBeGreaterThanOrEqual(4);
	});

	test('short ones do not wait, nor do those of others', async () => {
		const many = (words: string) =>
			outcomes(Array.from({ length: AT_ONCE }, (_, number) => send(`${number} ${words}`)));
		const [, short, others] = await Promise.all([
			many(LONG),
			many('Hello'),
			outcome(send(`Mine: ${LONG}`, room.other))
		]);
		expect(short).toEqual({ done: AT_ONCE });
		expect(others).toBe('done');
	});

	test('staff may send any number', async () => {
		const long = Array.from({ length: AT_ONCE }, (_, number) =>
			send(`${number} ${LONG}`, room.moderator)
		);
		expect(await outcomes(long)).toEqual({ done: AT_ONCE });
	});
});

describe('who has no acts left', () => {
	test('is told so before a long post is taken apart', async () => {
		expect(await outcome(send(TOO_COMPLEX))).toBe('422 text-too-complex');
		await exhaust(limits.post);
		expect(await outcome(send(TOO_COMPLEX))).toBe('429 too-many');
		expect(await outcome(send('Hello'))).toBe('429 too-many');
	});

	test('and before a long edit is', async () => {
		const id = await say(room.db, writer, room.article, 'Hello');
		expect(await outcome(edit(room.db, writer, { id, body: TOO_COMPLEX }))).toBe(
			'422 text-too-complex'
		);
		await exhaust(limits.edit);
		expect(await outcome(edit(room.db, writer, { id, body: TOO_COMPLEX }))).toBe('429 too-many');
	});
});
