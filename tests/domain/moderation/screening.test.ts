import { desc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import { shift } from '#lib/server/clock.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { post } from '#lib/server/comments/post.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as tables from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as findings from '#lib/server/moderation/screen/findings.ts';
import { screening, type Rules } from '#lib/server/moderation/screen/rules.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const PLAIN = 'The ferry should sail every hour in summer.';

let room: Newsroom;

beforeEach(async () => {
	room = await newsroom();
});
afterEach(() => shift(0));

function set(change: Partial<Rules>): Promise<void> {
	return settings.change(room.db, room.editor, screening, { ...screening.initial, ...change });
}

function send(body: string, actor = room.reader, nudge = false) {
	return post(room.db, actor, { article: room.article.slug, body, nudge });
}

async function row(id: string) {
	const [found] = await room.db.read
		.select()
		.from(tables.comments)
		.where(eq(tables.comments.id, id));
	return found;
}

async function phases(id: string): Promise<string[]> {
	const found = await findings.of(room.db.read, [id]);
	return (found.get(id) ?? []).map(({ phase, verdict }) => `${phase} ${verdict}`);
}

async function count(): Promise<number> {
	return (await articles.read(room.db, room.admin, room.article.slug)).commentCount;
}

function setAccount(accountId: string, columns: Partial<typeof tables.accounts.$inferInsert>) {
	return room.db.write(async (tx) => {
		await tx.update(tables.accounts).set(columns).where(eq(tables.accounts.id, accountId));
	});
}

test('what nothing is found in is published, and waits for nobody to look', async () => {
	const { id, status } = await send(PLAIN);
	expect(status).toBe('published');
	expect(await row(id)).toMatchObject({ harm: 0, unreviewed: true, ground: null });
	expect((await row(id)).textKey).toMatch(/^[\w-]{22}$/);
	expect(await phases(id)).toEqual([]);
});

test('few words have no key', async () => {
	expect((await row((await send('Hear, hear!')).id)).textKey).toBeNull();
});

test('every reason is kept, and told to the author and to moderators', async () => {
	await set({ suspect: ['pier'], longest: 20, holdNew: true, newUntil: 1 });
	const { id, status } = await send('They sank money in the pier, as always.');
	expect(status).toBe('pending');
	expect(await phases(id)).toEqual(['length hold', 'suspect-words hold', 'newcomer hold']);
	expect(await row(id)).toMatchObject({ harm: 60, unreviewed: false, listedIn: null });
	for (const actor of [room.reader, room.moderator]) {
		expect((await comments.read(room.db, actor, id)).held).toEqual([
			'It is longer than 20 characters.',
			'It has words that a moderator looks at first: “pier”.',
			'A moderator reads the first comments of everybody who is new here.'
		]);
	}
});

test('staff are not screened, but for moderators of other categories', async () => {
	await set({ banned: ['scum'], premoderated: true });
	const limited = { ...room.moderator, moderates: [] };
	expect((await send('You scum', room.moderator)).status).toBe('published');
	expect((await row((await send('You scum!', room.editor)).id)).unreviewed).toBe(false);
	expect((await send('You scum!!', limited)).status).toBe('rejected');
});

test('banned words reject: the author has a statement, and the log says so without the words', async () => {
	const { db, reader } = room;
	await set({ banned: ['scum'] });
	const { id, status } = await send('You are $cum.');
	expect(status).toBe('rejected');
	expect(await row(id)).toMatchObject({ ground: 'other', listedIn: null, harm: 100 });
	expect(await count()).toBe(0);
	const [act] = await db.read
		.select()
		.from(tables.actions)
		.orderBy(desc(tables.actions.id))
		.limit(1);
	expect(act).toMatchObject({ kind: 'comment.reject', actorId: null, commentId: id });
	expect(act.reason).not.toContain('scum');
	const [statement] = await db.read.select().from(tables.statements);
	expect(statement).toMatchObject({
		...{ accountId: reader.accountId, restriction: 'comment.reject', actionId: act.id },
		...{ automatic: true, commentId: id, ground: 'other' },
		reason: 'It has words that are not published here: “scum”.'
	});
});

describe('links', () => {
	const LINKS = 'See https://a.example/1 and https://b.example/2';

	test('of somebody new wait when they are many', async () => {
		await set({ newLinks: 1 });
		const { id } = await send(LINKS);
		expect(await phases(id)).toEqual(['links hold']);
		for (const words of ['One.', 'Two.', 'Three.'])
			await say(room.db, room.other, room.article, words);
		const others = LINKS.replaceAll('example', 'invalid');
		expect((await send(others, room.other)).status).toBe('published');
	});

	test('to banned domains are rejected, with those under them', async () => {
		await set({ domains: ['b.example'] });
		const { id, status } = await send('See [this](https://www.b.example/2).');
		expect(status).toBe('rejected');
		expect((await row(id)).ground).toBe('spam');
		expect((await send('See https://notb.example/')).status).toBe('published');
	});

	test('within a quote are the other person’s', async () => {
		await set({ domains: ['b.example'] });
		const quoted = await say(room.db, room.moderator, room.article, 'See https://b.example/2');
		const body = `> [Mona Frith said,](/c/${quoted})\n> See https://b.example/2\n\nNo.`;
		expect((await send(body)).status).toBe('published');
	});
});

describe('who writes', () => {
	test('is new until so many comments are published', async () => {
		await set({ holdNew: true, newUntil: 2 });
		for (const words of ['One.', 'Two.']) {
			const { id, status } = await send(words);
			expect(status).toBe('pending');
			await decide.approve(room.db, room.moderator, { id, reason: '' });
			expect(await row(id)).toMatchObject({ unreviewed: false, listedIn: room.article.id });
		}
		expect((await send('Three.')).status).toBe('published');
	});

	test('may need approval for everything', async () => {
		await setAccount(room.reader.accountId, { approvalRequiredAt: new Date() });
		expect(await phases((await send(PLAIN)).id)).toEqual(['sanctioned-author hold']);
	});

	test('acknowledges a warning first', async () => {
		const id = await say(room.db, room.reader, room.article, PLAIN);
		await setAccount(room.reader.accountId, { warningId: id });
		await expectRefusal(send('Never mind.'), 403, 'acknowledge-first');
		const editing = edit(room.db, room.reader, { id, body: 'Never mind.' });
		await expectRefusal(editing, 403, 'acknowledge-first');
	});
});

test('articles and the whole site may be read first', async () => {
	await commenting.set(room.db, room.moderator, room.article.slug, { state: 'premoderated' });
	await set({ premoderated: true });
	const { id } = await send(PLAIN);
	expect(await phases(id)).toEqual(['premoderated-article hold', 'premoderated-site hold']);
	expect((await row(id)).harm).toBe(0);
});

describe('a nudge', () => {
	test('says why before anything is kept, and the same text can be posted anyway', async () => {
		await set({ suspect: ['pier'] });
		await expect(send('The pier again.', room.reader, true)).rejects.toMatchObject({
			...{ status: 409, code: 'may-be-held' },
			message:
				'This may be held because it has words that a moderator looks at first: “pier”; post anyway or edit.'
		});
		expect((await room.db.read.select().from(tables.comments)).length).toBe(0);
		expect((await send('The pier again.')).status).toBe('pending');
	});

	test('is not given for what the writer cannot change', async () => {
		await set({ premoderated: true, holdNew: true });
		expect((await send(PLAIN, room.reader, true)).status).toBe('pending');
	});

	test('is given on editing', async () => {
		await set({ suspect: ['pier'] });
		const id = await say(room.db, room.reader, room.article, PLAIN);
		const editing = edit(room.db, room.reader, { id, body: 'The pier.', nudge: true });
		await expectRefusal(editing, 409, 'may-be-held');
		expect((await row(id)).revision).toBe(1);
	});
});

describe('an edited text', () => {
	beforeEach(() => set({ suspect: ['pier'], banned: ['scum'] }));

	test('that is held keeps its place, and is counted once when it is approved', async () => {
		const { db, reader, other, moderator } = room;
		const root = await say(db, other, room.article, 'A root.');
		const id = await say(db, reader, room.article, PLAIN, root);
		await edit(db, reader, { id, body: 'The pier.' });
		expect(await row(id)).toMatchObject({ status: 'pending', replySeq: 1, revision: 2, harm: 40 });
		expect(await count()).toBe(1);
		expect(await comments.read(db, other, id)).toMatchObject({ blocks: null, status: 'pending' });
		expect((await comments.read(db, other, id)).held).toBeNull();
		expect((await comments.read(db, reader, id)).held).toHaveLength(1);
		await decide.approve(db, moderator, { id, reason: '' });
		expect(await row(id)).toMatchObject({ status: 'published', replySeq: 1, unreviewed: false });
		expect((await row(root)).replyCount).toBe(1);
		expect(await count()).toBe(2);
	});

	test('that is rejected takes the comment down, with a statement', async () => {
		const { db, reader } = room;
		const id = await say(db, reader, room.article, PLAIN);
		await edit(db, reader, { id, body: 'You scum.' });
		expect(await row(id)).toMatchObject({ status: 'removed', listedIn: room.article.id });
		expect(await count()).toBe(0);
		const [statement] = await db.read.select().from(tables.statements);
		expect(statement).toMatchObject({ restriction: 'comment.remove', commentId: id });
	});

	test('of one that waits goes on waiting, or is rejected', async () => {
		const { db, reader } = room;
		const { id } = await send('The pier.');
		await edit(db, reader, { id, body: PLAIN });
		expect(await row(id)).toMatchObject({ status: 'pending', harm: 0, listedIn: null });
		expect(await phases(id)).toEqual([]);
		await edit(db, reader, { id, body: 'You scum.' });
		expect(await row(id)).toMatchObject({ status: 'rejected', listedIn: null });
		expect(await count()).toBe(0);
	});

	test('that waits in its place can be deleted', async () => {
		const { db, reader } = room;
		const id = await say(db, reader, room.article, PLAIN);
		await edit(db, reader, { id, body: 'The pier.' });
		const before = await articles.read(db, reader, room.article.slug);
		await removeOwn(db, reader, id);
		const after = await articles.read(db, reader, room.article.slug);
		expect(after).toMatchObject({ commentCount: 0 });
		expect(after.revision).toBeGreaterThan(before.revision);
	});

	test('is not its own repetition', async () => {
		const id = await say(room.db, room.reader, room.article, PLAIN);
		await edit(room.db, room.reader, { id, body: `${PLAIN}!` });
		expect((await row(id)).status).toBe('published');
	});
});

describe('slow mode', () => {
	async function slow(slowMode: 'fixed' | 'growing') {
		const page = await article(room.db);
		await room.db.write(async (tx) => {
			const columns = { slowMode, slowSeconds: 60 };
			await tx.update(tables.articles).set(columns).where(eq(tables.articles.id, page.id));
		});
		return page;
	}

	test('asks everybody but staff for a pause', async () => {
		const { db, reader, other, moderator } = room;
		const page = await slow('fixed');
		await say(db, reader, page, 'One.');
		const again = post(db, reader, { article: page.slug, body: 'Two.' });
		await expect(again).rejects.toMatchObject({ status: 429, code: 'slow-mode' });
		await say(db, other, page, 'One.');
		await say(db, moderator, page, 'One.');
		await say(db, moderator, page, 'Two.');
		shift(59_000);
		await expectRefusal(say(db, reader, page, 'Two.'), 429, 'slow-mode');
		shift(61_000);
		await say(db, reader, page, 'Two.');
	});

	test('grows with the reports of the last hour', async () => {
		const { db, reader, other, moderator } = room;
		const page = await slow('growing');
		const id = await say(db, other, page, 'One.');
		await say(db, reader, page, 'One.');
		await db.write(async (tx) => {
			const columns = { commentId: id, revision: 1, reason: 'abuse' as const };
			const report = { ...columns, accountId: moderator.accountId, createdAt: new Date() };
			await tx.insert(tables.reports).values({ id: `${id.slice(0, -1)}0`, ...report });
		});
		shift(61_000);
		await expectRefusal(say(db, reader, page, 'Two.'), 429, 'slow-mode');
		shift(121_000);
		await say(db, reader, page, 'Two.');
	});
});
