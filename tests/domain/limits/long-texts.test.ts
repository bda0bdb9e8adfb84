import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { post } from '#lib/server/comments/post.ts';
import { preview } from '#lib/server/comments/preview.ts';
import * as limits from '#lib/server/limits/limits.ts';
import { Refusal } from '#lib/server/refusal.ts';
import * as turns from '#lib/server/turns.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';
import * as settings from '../support/settings.ts';

settings.set({ RATE_LIMITS: 'on' });

// How long texts take turns is tested with the turns themselves.
vi.mock(import('#lib/server/turns.ts'), async (original) => {
	const actual = await original();
	return { ...actual, turnFor: vi.fn(actual.turnFor) };
});
const turnFor = vi.mocked(turns.turnFor);

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
	turnFor.mockReset();
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

function turnsAskedFor() {
	return turnFor.mock.calls.map(([text, writer]) => [text.length > 1000, writer]);
}

describe('a text waits for a turn of its writer', () => {
	test('when it is posted, previewed and edited', async () => {
		await preview(room.db, writer, { article: room.article.slug, body: LONG });
		const { id } = await send(LONG);
		await edit(room.db, writer, { id, body: `${LONG} More.` });
		await send('Thank you.');
		const its = [true, writer.accountId];
		expect(turnsAskedFor()).toEqual([its, its, its, [false, writer.accountId]]);
	});

	test('but of nobody, where limits do not hold for them', async () => {
		await send(LONG, room.moderator);
		expect(turnsAskedFor()).toEqual([[true, null]]);
	});

	test('and is refused when too many of its writer wait', async () => {
		const id = await say(room.db, writer, room.article, 'Hello');
		turnFor.mockRejectedValue(new Refusal(429, 'too-many', 'Several long texts wait.'));
		expect(await outcome(send(LONG))).toBe('429 too-many');
		expect(await outcome(edit(room.db, writer, { id, body: LONG }))).toBe('429 too-many');
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
