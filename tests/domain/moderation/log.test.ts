import { eq } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import { encodeCursor } from '#lib/server/cursors.ts';
import type { Tx } from '#lib/server/database/database.ts';
import { actions } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as log from '#lib/server/moderation/log.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
});

/** The reason why the database itself refuses some work, and what refused it. */
async function complaint(work: (tx: Tx) => Promise<unknown>): Promise<string> {
	const thrown: unknown = await room.db.write(work).catch((error: unknown) => error);
	const messages: string[] = [];
	for (let error = thrown; error instanceof Error; error = error.cause)
		messages.push(error.message);
	return messages.join(' | ');
}

describe('is append-only, whoever asks the database', () => {
	const refused = /The log of acts is append-only/;
	const count = () => room.db.read.$count(actions);

	test('no line is changed', async () => {
		const before = await room.db.read.select().from(actions);
		expect(before.length).toBeGreaterThan(0);
		expect(await complaint((tx) => tx.update(actions).set({ reason: 'Nothing' }))).toMatch(refused);
		expect(await room.db.read.select().from(actions)).toEqual(before);
	});

	test('no line is deleted', async () => {
		const before = await count();
		expect(await complaint((tx) => tx.delete(actions))).toMatch(refused);
		const [{ id }] = await room.db.read.select({ id: actions.id }).from(actions);
		const one = complaint((tx) => tx.delete(actions).where(eq(actions.id, id)));
		expect(await one).toMatch(refused);
		expect(await count()).toBe(before);
	});

	test.runIf(inject('databases').dialect === 'postgres')('nor are all at once', async () => {
		const truncate = (tx: Tx) =>
			(tx as unknown as { execute(query: unknown): Promise<unknown> }).execute(
				sql`truncate actions cascade`
			);
		expect(await complaint(truncate)).toMatch(refused);
	});
});

describe('says who did what, when, why and to what', () => {
	test('a decision', async () => {
		const id = await say(room.db, room.reader, room.article, 'Words');
		await decide.remove(room.db, room.moderator, { id, reason: 'Off topic' });
		const [line] = (await log.page(room.db)).items;
		expect(line).toMatchObject({
			...{ kind: 'comment.remove', actor: 'Mona Frith', reason: 'Off topic', details: {} },
			...{ comment: { url: `/c/${id}` }, account: null },
			article: { url: `/articles/${room.article.slug}` }
		});
		expect(Math.abs(line.at.getTime() - Date.now())).toBeLessThan(60_000);
	});

	test('a comment state', async () => {
		const { slug } = await article(room.db, { title: 'The tide' });
		await commenting.set(room.db, room.editor, slug, { state: 'disabled', reason: 'Enough' });
		expect((await log.page(room.db)).items[0]).toMatchObject({
			...{ kind: 'article.commenting', actor: 'Edwin Carr', reason: 'Enough', comment: null },
			article: { url: `/articles/${slug}`, title: 'The tide' },
			details: { from: 'open', to: 'disabled', until: null }
		});
	});

	test('a role, given by an administrator or by the operator', async () => {
		const person = await member(room.db, 'reader', 'Lena Ash');
		await roles.give(room.db, room.admin, { name: person.name, role: 'moderator' });
		expect((await log.page(room.db)).items[0]).toMatchObject({
			...{ kind: 'account.role', actor: 'Ada Quill', comment: null, article: null },
			account: { name: 'Lena Ash', url: '/people/Lena%20Ash' },
			details: { from: 'reader', to: 'moderator' }
		});
		await member(room.db, 'editor', 'Max Holt');
		expect((await log.page(room.db)).items[0]).toMatchObject({
			...{ kind: 'account.role', actor: null, account: { name: 'Max Holt' } }
		});
	});

	test('writing an article, once everyone may read it', async () => {
		const { slug } = await write.create(room.db, room.editor, {
			...(await write.forEditing(room.db, room.editor, room.article.slug)),
			...{ slug: undefined, title: 'A draft', published: false }
		});
		const about = async () =>
			(await log.page(room.db)).items
				.filter(({ article }) => article?.url === `/articles/${slug}`)
				.map(({ kind }) => kind);
		expect(await about()).toEqual([]);
		await write.edit(room.db, room.editor, slug, { published: true });
		expect(await about()).toEqual(['article.edit', 'article.create']);
	});
});

test('pages show every line once, newest first, whatever comes meanwhile and is not for everyone', async () => {
	for (let number = 0; number < 30; number++) {
		await article(room.db, { published: false });
		await article(room.db, { published: true });
		await article(room.db, { published: number % 2 === 0 });
	}
	const all = (await room.db.read.select().from(actions)).length;
	const seen: string[] = [];
	let cursor: string | null = null;
	do {
		const { items, next } = await log.page(room.db, { cursor });
		if (next !== null) expect(items).toHaveLength(50);
		seen.push(...items.map(({ id }) => id));
		cursor = next;
		await article(room.db);
	} while (cursor !== null);
	expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
	expect(seen).toHaveLength(all - 45);
});

test('of one kind', async () => {
	const id = await say(room.db, room.reader, room.article, 'Words');
	await decide.remove(room.db, room.moderator, { id, reason: 'Off topic' });
	await decide.restore(room.db, room.moderator, { id, reason: 'On topic' });
	const { items } = await log.page(room.db, { kind: 'comment.restore' });
	expect(items.map(({ kind, reason }) => [kind, reason])).toEqual([
		['comment.restore', 'On topic']
	]);
});

describe('in part', () => {
	const lines = async (filter: log.LogFilter) =>
		(await log.page(room.db, filter)).items.map(({ kind }) => kind);

	test('of one article, whatever was done there', async () => {
		const there = await article(room.db);
		const id = await say(room.db, room.reader, there, 'Words');
		await decide.remove(room.db, room.moderator, { id, reason: '', ground: 'spam' });
		await commenting.set(room.db, room.editor, there.slug, { state: 'disabled' });
		const here = { article: there.slug };
		expect(await lines(here)).toEqual(['article.commenting', 'comment.remove', 'article.create']);
		expect(await lines({ ...here, kind: 'comment.remove' })).toEqual(['comment.remove']);
		expect((await log.page(room.db, here)).items[1]).toMatchObject({
			...{ ground: 'spam', reason: '', article: { url: `/articles/${there.slug}` } }
		});
		expect(await lines({ article: 'no-such-article' })).toEqual([]);
		expect(await lines({ article: '\0' })).toEqual([]);
		await write.edit(room.db, room.editor, there.slug, { published: false });
		expect(await lines(here)).toEqual([]);
	});

	test('of a span of time', async () => {
		const { id } = (await log.page(room.db)).items[0];
		const at = new Date();
		const later = new Date(at.getTime() + 60_000);
		const ids = async (filter: log.LogFilter) =>
			(await log.page(room.db, filter)).items.map((one) => one.id);
		expect((await ids({ before: later }))[0]).toBe(id);
		expect(await ids({ from: later })).toEqual([]);
		expect(await ids({ before: new Date('2020-01-01') })).toEqual([]);
		expect((await ids({ from: new Date('2020-01-01'), before: later }))[0]).toBe(id);
	});

	test('an act with what takes it back, and the other way', async () => {
		const id = await say(room.db, room.reader, room.article, 'Words');
		await decide.remove(room.db, room.moderator, { id, reason: 'Off topic' });
		await decide.restore(room.db, room.editor, { id, reason: 'On topic' });
		const [restored, removed] = (await log.page(room.db)).items;
		expect(restored.reverses).toEqual({ id: removed.id, kind: 'comment.remove' });
		expect(removed.reversedBy).toEqual([{ id: restored.id, kind: 'comment.restore' }]);
		expect(await lines({ act: removed.id })).toEqual(['comment.restore', 'comment.remove']);
		expect(await lines({ act: restored.id })).toEqual(['comment.restore']);
		expect(await lines({ act: newId() })).toEqual([]);
	});
});

describe('names no reader', () => {
	test.each([
		...(['account.warn', 'account.approval', 'account.suspend'] as const),
		...(['account.ban', 'account.lift', 'account.appeal'] as const)
	])('in %s', async (kind) => {
		const { accountId } = room.reader;
		await room.db.write((tx) =>
			log.record(tx, room.moderator, {
				...{ kind, subject: { accountId: accountId! }, reason: 'Again and again' },
				details: { to: null, until: null, sanction: newId() }
			})
		);
		const [line] = (await log.page(room.db)).items;
		expect(line).toMatchObject({ kind, actor: 'Mona Frith', reason: 'Again and again' });
		expect(line.account).toEqual({ name: 'a reader', url: null });
		expect(line.details).toEqual({ to: null, until: null });
		expect(JSON.stringify(line)).not.toMatch(/Rhoda|accountId/);
	});
});

test.each(['x', encodeCursor([]), encodeCursor([newId().toUpperCase()])])(
	'%s is no cursor',
	(cursor) => expectRefusal(log.page(room.db, { cursor }), 400, 'bad-cursor')
);
