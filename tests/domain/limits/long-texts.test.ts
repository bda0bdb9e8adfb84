import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { post } from '#lib/server/comments/post.ts';
import { preview } from '#lib/server/comments/preview.ts';
import * as limits from '#lib/server/limits/limits.ts';
import { turnFor } from '#lib/server/turns.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';
import * as settings from '../support/settings.ts';

settings.set({ RATE_LIMITS: 'on' });

// How many of one writer may wait.
const MOST_WAITING = 4;
// Nobody's texts, which are taken one after the other, each with a rest as long as its work.
const AHEAD = 60;
const WORK_MS = 8;
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

let inLine: Promise<unknown> = Promise.resolve();
afterEach(() => inLine);

function work(): void {
	const until = performance.now() + WORK_MS;
	while (performance.now() < until);
}

/** Has as many long texts of the writer wait as may, behind those of others. */
function fillTheLine(): void {
	const ahead = Array.from({ length: AHEAD }, () => turnFor(LONG, null).then(work));
	const key = limits.keyOf(limits.post, writer);
	expect(key).not.toBeNull();
	const theirs = Array.from({ length: MOST_WAITING }, () => turnFor(LONG, key));
	inLine = Promise.all([...ahead, ...theirs]);
}

describe('while several long texts of a writer wait', () => {
	test('no other one is taken: posted, previewed or edited', async () => {
		const id = await say(room.db, writer, room.article, 'Hello');
		fillTheLine();
		const acts = [
			send(LONG),
			preview(room.db, writer, { article: room.article.slug, body: LONG }),
			edit(room.db, writer, { id, body: LONG })
		];
		expect(await Promise.all(acts.map(outcome))).toEqual(Array(3).fill('429 too-many'));
		await inLine;
		expect(await outcome(send(LONG))).toBe('done');
	});

	test('short ones are, and those of others', async () => {
		fillTheLine();
		expect(await outcome(send('Thank you.'))).toBe('done');
		expect(await outcome(send(`Mine: ${LONG}`, room.other))).toBe('done');
		expect(await outcome(send(`Ours: ${LONG}`, room.moderator))).toBe('done');
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
