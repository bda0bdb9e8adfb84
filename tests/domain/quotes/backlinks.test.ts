import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Actor, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { edit } from '#lib/server/comments/edit.ts';
import * as quoting from '#lib/server/comments/quoting.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { articles } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { COUNTED_MOST } from '#lib/server/quotes/backlinks.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let ann: Member;
let page: Written;
let elsewhere: Written;
let source: string;

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
});
beforeEach(async () => {
	page = await article(room.db);
	elsewhere = await article(room.db);
	source = await say(room.db, ann, page, 'These are the words to quote.');
});

const words = () => `> [Ann Lee said,](/c/${source})\n> the words\n\n`;

function quote(where = page, body = `${words()}Yes.`): Promise<string> {
	return say(room.db, room.reader, where, body);
}

async function quotedBy(actor: Actor = guest()): Promise<number> {
	return (await comments.read(room.db, actor, source)).quotedBy;
}

async function listed(actor: Actor = guest()): Promise<string[]> {
	return (await quoting.list(room.db, actor, source)).items.map((item) => item.id);
}

async function revision(of = page): Promise<number> {
	const [row] = await room.db.read
		.select({ revision: articles.revision })
		.from(articles)
		.where(eq(articles.id, of.id));
	return row.revision;
}

test('a comment knows by how many it is quoted, and which they are, latest first', async () => {
	expect(await quotedBy()).toBe(0);
	expect(await listed()).toEqual([]);
	const one = await quote();
	const two = await quote(elsewhere, `${words()}Yes.\n\n${words()}And again.`);
	const inside = await quote(
		page,
		`> [x said,](/c/${one})\n${words().replace(/^/gm, '> ')}\n> Yes.`
	);
	expect(await listed()).toEqual([inside, two, one]);
	expect(await quotedBy()).toBe(3);
});

describe('only those count that the reader may see, and that quote it now', () => {
	test('not a quote that was edited out', async () => {
		const id = await quote();
		await edit(room.db, room.reader, { id, body: 'Never mind.' });
		expect([await quotedBy(), await listed()]).toEqual([0, []]);
	});

	test('not what was taken down', async () => {
		await removeOwn(room.db, room.reader, await quote());
		const id = await quote();
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		expect([await quotedBy(), await listed()]).toEqual([0, []]);
		await decide.restore(room.db, room.moderator, { id, reason: 'Not rude' });
		expect([await quotedBy(), await listed()]).toEqual([1, [id]]);
	});

	test('not what waits', async () => {
		await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
		const id = await quote();
		expect([await quotedBy(), await listed(room.reader)]).toEqual([0, []]);
		await decide.approve(room.db, room.moderator, { id, reason: '' });
		expect([await quotedBy(), await listed()]).toEqual([1, [id]]);
	});

	test('in a hidden discussion only for staff, on a draft only for editors', async () => {
		const id = await quote(elsewhere);
		await commenting.set(room.db, room.moderator, elsewhere.slug, { state: 'hidden' });
		expect([await quotedBy(), await listed()]).toEqual([0, []]);
		expect([await quotedBy(room.moderator), await listed(room.moderator)]).toEqual([1, [id]]);
		await write.edit(room.db, room.editor, elsewhere.slug, { published: false });
		expect([await quotedBy(room.moderator), await listed(room.moderator)]).toEqual([0, []]);
		expect([await quotedBy(room.editor), await listed(room.editor)]).toEqual([1, [id]]);
	});

	test('and of a comment that was taken down nothing is counted', async () => {
		await quote();
		await decide.remove(room.db, room.moderator, { id: source, reason: 'Libel' });
		expect(await quotedBy()).toBe(0);
	});
});

test('many are paged, and counted no further than there is need', async () => {
	const ids: string[] = [];
	for (let n = 0; n <= COUNTED_MOST; n++) ids.unshift(await quote());
	expect(await quotedBy()).toBe(COUNTED_MOST);
	const found: string[] = [];
	let cursor: string | null = null;
	do {
		const part = await quoting.list(room.db, guest(), source, { cursor, limit: 40 });
		found.push(...part.items.map((item) => item.id));
		cursor = part.next;
	} while (cursor !== null);
	expect(found).toEqual(ids);
});

describe('whatever changes the number raises the revision of the article that shows it', () => {
	async function raises(act: () => Promise<unknown>): Promise<boolean> {
		const before = await revision();
		await act();
		return (await revision()) > before;
	}

	test('posting, editing, removing, restoring and deleting elsewhere', async () => {
		let id = '';
		expect(await raises(async () => (id = await quote(elsewhere)))).toBe(true);
		expect(await raises(() => edit(room.db, room.reader, { id, body: 'No.' }))).toBe(true);
		expect(await raises(() => edit(room.db, room.reader, { id, body: `${words()}Yes.` }))).toBe(
			true
		);
		const decision = { id, reason: 'So be it' };
		expect(await raises(() => decide.remove(room.db, room.moderator, decision))).toBe(true);
		expect(await raises(() => decide.restore(room.db, room.moderator, decision))).toBe(true);
		expect(await raises(() => removeOwn(room.db, room.reader, id))).toBe(true);
	});

	test('approving, but not what waits', async () => {
		await commenting.set(room.db, room.moderator, elsewhere.slug, { state: 'premoderated' });
		let id = '';
		expect(await raises(async () => (id = await quote(elsewhere)))).toBe(false);
		expect(await raises(() => decide.approve(room.db, room.moderator, { id, reason: '' }))).toBe(
			true
		);
	});

	test('an edit that begins to quote', async () => {
		const id = await say(room.db, room.reader, elsewhere, 'Nothing yet.');
		expect(await raises(() => edit(room.db, room.reader, { id, body: `${words()}Yes.` }))).toBe(
			true
		);
	});
});

test('who may not know of a comment does not learn who quotes it', async () => {
	await quote(elsewhere);
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
	await expect(quoting.list(room.db, guest(), source)).rejects.toMatchObject({ status: 404 });
	await expect(quoting.list(room.db, guest(), source, { cursor: 'x' })).rejects.toMatchObject({
		status: 404
	});
	await expect(
		quoting.list(room.db, room.moderator, source, { cursor: 'x' })
	).rejects.toMatchObject({ status: 400 });
});

test('quoting each other across articles at once waits for nobody for ever', async () => {
	const other = await say(room.db, ann, elsewhere, 'Other words to quote.');
	const there = `> [Ann Lee said,](/c/${other})\n> Other words\n\nYes.`;
	const posts = Array.from({ length: 8 }, (_, n) => [
		quote(elsewhere),
		quote(page, `${there} ${n}`)
	]);
	await Promise.all(posts.flat());
	expect(await quotedBy()).toBe(8);
});
