import { beforeAll, expect, test } from 'vitest';
import * as commenting from '#lib/server/articles/commenting.ts';
import { now } from '#lib/server/clock.ts';
import { dialect } from '#lib/server/database/columns.ts';
import { eq } from 'drizzle-orm';
import { accounts, articles } from '#lib/server/database/schema.ts';
import { readTags, Revisions } from '#lib/server/site/revisions.ts';
import * as site from '#lib/server/site/site.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let revisions: Revisions;

beforeAll(async () => {
	room = await newsroom();
	revisions = new Revisions(room.db);
});

async function tagOf(id: string): Promise<string> {
	const { read } = room.db;
	const [one] = await read.select().from(articles).where(eq(articles.id, id));
	const [account] = await read.select().from(accounts).where(eq(accounts.id, id));
	return one ? `article:${id}@${one.revision}` : `account:${id}@${account.revision}`;
}

/** What a page that shows these says. */
async function shown(...ids: string[]) {
	const { revision } = await site.current(room.db);
	const tags = [`site@${revision}`];
	for (const id of ids) tags.push(await tagOf(id));
	return readTags(tags.join(','))!;
}

test('a page holds until something that it shows has changed', async () => {
	const [one, other] = [await article(room.db), await article(room.db)];
	const page = await shown(one.id, room.reader.accountId!);
	const list = await shown(one.id, other.id);
	expect(await revisions.hold(page)).toBe(true);
	await say(room.db, room.moderator, other, 'Not on that page.');
	expect(await revisions.hold(page)).toBe(true);
	expect(await revisions.hold(list)).toBe(false);
	await say(room.db, room.reader, other, 'By whom that page is.');
	expect(await revisions.hold(page)).toBe(false);
	const again = await shown(one.id);
	await room.db.write((tx) => site.touch(tx));
	expect(await revisions.hold(again)).toBe(false);
});

test('a page of very many things, and of one that is gone', async () => {
	const many = [];
	for (let n = 0; n < 45; n++) many.push(await article(room.db));
	const page = await shown(...many.map(({ id }) => id));
	expect(page.size).toBe(46);
	expect(await revisions.hold(page)).toBe(true);
	const gone = new Map([...page, ['0000000000000000', 1]]);
	expect(await revisions.hold(gone)).toBe(false);
	await say(room.db, room.reader, many[44], 'On the last of them.');
	expect(await revisions.hold(page)).toBe(false);
});

test('many questions at once are answered each for itself', async () => {
	const one = await article(room.db);
	const page = await shown(one.id);
	const old = new Map([...page, [one.id, 0]]);
	const answers = await Promise.all([page, old, page, old].map((it) => revisions.hold(it)));
	expect(answers).toEqual([true, false, true, false]);
});

test('what says nothing that could be asked is no tag', () => {
	for (const text of ['', 'site', 'site@x', 'article:short@1', 'mood@1', 'site@1,mood@1']) {
		expect(readTags(text), text).toBeNull();
	}
	// Without the site's there is no telling what else shows.
	expect(readTags('article:1m8kqn5v25bg4s63@1')).toBeNull();
	// Of two readings of one thing the page shows both.
	expect(readTags('site@1,article:1m8kqn5v25bg4s63@1,article:1m8kqn5v25bg4s63@2')).toBeNull();
	expect(readTags('site@1,article:1m8kqn5v25bg4s63@2,article:1m8kqn5v25bg4s63@2')?.size).toBe(2);
});

test('the version changes with every commit, and with nothing else', async () => {
	const before = revisions.version();
	if (dialect === 'postgres') return expect(before).toBeNull();
	await site.current(room.db);
	expect(revisions.version()).toBe(before);
	await room.db.write((tx) => site.touch(tx));
	const after = revisions.version();
	expect(after).not.toBe(before);
	await expect(room.db.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
	expect(revisions.version()).toBe(after);
});

test('the next comment state that gives way by itself is known beforehand', async () => {
	const { slug } = await article(room.db);
	const since = now();
	expect(await revisions.nextDue(since)).toBeNull();
	const until = new Date(since.getTime() + 60_000);
	await commenting.set(room.db, room.moderator, slug, { state: 'disabled', until });
	expect(await revisions.nextDue(since)).toEqual(until);
	expect(await revisions.nextDue(until)).toBeNull();
});
