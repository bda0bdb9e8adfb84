import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { post } from '#lib/server/comments/post.ts';
import * as threads from '#lib/server/comments/threads.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { rateLimits } from '#lib/server/database/schema.ts';
import * as limits from '#lib/server/limits/limits.ts';
import { screening } from '#lib/server/moderation/screen/rules.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';
import * as given from '../support/settings.ts';

let room: Newsroom;
let page: Written;
let keys = 0;
let key: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	key = `key-${++keys}`;
});

function send(body = 'Hello', rest: { parent?: string; key?: string; actor?: Member } = {}) {
	const { actor = room.reader, ...input } = rest;
	return post(room.db, actor, { article: page.slug, body, key, ...input });
}

async function posted(): Promise<number> {
	const discussion = await listing.articleOf(room.db, room.reader, page.slug);
	return (await threads.page(room.db, room.reader, discussion, { sort: 'oldest' })).threads.length;
}

test('the same key again answers with the first comment', async () => {
	const first = await send();
	const again = await send();
	expect(again).toEqual({ ...first, created: false });
	expect(await posted()).toBe(1);
});

test('the same words but for what is put right anyway are the same', async () => {
	const first = await send('Hello\nthere');
	expect((await send(' Hello\r\nthere\u0000 ')).id).toBe(first.id);
});

test('ten at once are one comment', async () => {
	const answers = await Promise.all(Array.from({ length: 10 }, () => send()));
	expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
	expect(answers.filter(({ created }) => created)).toHaveLength(1);
	expect(await posted()).toBe(1);
});

test('ten at once with different words are one comment and nine conflicts', async () => {
	const sent = Array.from({ length: 10 }, (_, index) => send(`Hello ${index}`));
	expect(await outcomes(sent)).toEqual({ done: 1, '409 key-reused': 9 });
	expect(await posted()).toBe(1);
});

describe('a key that was used for something else', () => {
	test('other words', async () => {
		await send();
		await expectRefusal(send('Goodbye'), 409, 'key-reused');
	});

	test('another parent', async () => {
		await send();
		const parent = await say(room.db, room.other, page, 'root');
		await expectRefusal(send('Hello', { parent }), 409, 'key-reused');
	});

	test('another article', async () => {
		await send();
		page = await article(room.db);
		await expectRefusal(send(), 409, 'key-reused');
	});
});

test('everybody has keys of their own', async () => {
	const first = await send();
	expect((await send('Hello', { actor: room.other })).id).not.toBe(first.id);
});

test('different keys and no keys make different comments', async () => {
	await Promise.all([send('Hello', { key: `${key}-a` }), send('Hello', { key: `${key}-b` })]);
	await Promise.all([send('Hello', { key: '' }), send('Hello', { key: '' })]);
	expect(await posted()).toBe(4);
});

test('who lost the answer gets it, though the discussion is closed by then', async () => {
	const first = await send();
	await commenting.set(room.db, room.moderator, page.slug, { state: 'disabled' });
	expect(await send()).toEqual({ ...first, created: false });
	await expectRefusal(send('Hello', { key: `${key}-b` }), 403, 'commenting-disabled');
});

describe('who lost the answer gets it, and nothing is taken for it,', () => {
	afterEach(() => given.set({ RATE_LIMITS: 'off' }));

	async function allowances() {
		return room.db.read.select().from(rateLimits);
	}

	test('though they post very fast by then', async () => {
		given.set({ RATE_LIMITS: 'on' });
		const first = await send();
		const [{ burst }] = limits.post.allowances;
		await room.db.write(async (tx) => {
			for (let acts = 1; acts < burst; acts++) await limits.take(tx, limits.post, room.reader);
		});
		const before = await allowances();
		await expectRefusal(send('Hello', { key: `${key}-b` }), 429, 'too-many');
		expect(await send()).toEqual({ ...first, created: false });
		expect(await allowances()).toEqual(before);
	});

	test('though they are banned by then', async () => {
		const first = await send();
		const actor = { ...room.reader, barred: { kind: 'banned' as const, until: null } };
		expect(await send('Hello', { actor })).toEqual({ ...first, created: false });
	});

	test('though its words would be held by then, which is no preview either', async () => {
		const send = () =>
			post(room.db, room.reader, { article: page.slug, body: 'The pier.', key, nudge: true });
		const first = await send();
		given.set({ RATE_LIMITS: 'on' });
		const before = await allowances();
		const rules = { ...screening.initial, suspect: ['pier'] };
		await settings.change(room.db, room.editor, screening, rules);
		expect(await send()).toEqual({ ...first, created: false });
		expect(await allowances()).toEqual(before);
		await settings.change(room.db, room.editor, screening, screening.initial);
	});
});

test.each(['x'.repeat(201), 'a b', 'ü', 'a\u0000'])('%j is no key', async (bad) => {
	await expectRefusal(send('Hello', { key: bad }), 422, 'bad-key');
	expect(await posted()).toBe(0);
});

test('outside checks are asked about a text once, however often its key comes again', async () => {
	let asked = 0;
	const checker = createServer((_request, response) => {
		asked++;
		response.setHeader('content-type', 'application/json').end('{}');
	});
	checker.listen(0, '127.0.0.1');
	await once(checker, 'listening');
	const { port } = checker.address() as AddressInfo;
	given.set({
		SCREEN_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		SCREEN_WEBHOOK_SECRET: 'a secret of more than enough characters'
	});
	try {
		const first = await send();
		expect(asked).toBe(1);
		for (let n = 0; n < 3; n++) expect((await send()).id).toBe(first.id);
		await expectRefusal(send('Other words'), 409);
		expect(asked).toBe(1);
	} finally {
		given.reset();
		checker.closeAllConnections();
		checker.close();
	}
});
