import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { articles, comments } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let page: Written;
let comment: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	comment = await say(room.db, room.reader, page, 'The pier is old.');
});

async function revision(): Promise<number> {
	const [row] = await room.db.read.select().from(articles).where(eq(articles.id, page.id));
	return row.revision;
}

async function changedIn(id: string): Promise<number | null> {
	const [row] = await room.db.read.select().from(comments).where(eq(comments.id, id));
	return row.changedIn;
}

const why = () => ({ id: comment, reason: 'Because' });
const set = (state: 'open' | 'premoderated') =>
	commenting.set(room.db, room.moderator, page.slug, { state });

async function waits(): Promise<void> {
	await set('premoderated');
	comment = await say(room.db, room.reader, page, 'Waits');
}

type Act = [name: string, act: () => Promise<unknown>, before?: () => Promise<unknown>];

const SHOWN: Act[] = [
	['an edit', () => edit(room.db, room.reader, { id: comment, body: 'New' })],
	['a deletion', () => removeOwn(room.db, room.reader, comment)],
	['a removal', () => decide.remove(room.db, room.moderator, why())],
	[
		'a restoration',
		() => decide.restore(room.db, room.moderator, why()),
		() => decide.remove(room.db, room.moderator, why())
	],
	['an approval', () => decide.approve(room.db, room.moderator, why()), waits]
];

const UNSEEN: Act[] = [
	['a recommendation', () => votes.cast(room.db, room.other, comment)],
	['a reply to it', () => say(room.db, room.other, page, 'Yes.', comment)],
	['an edit while it waits', () => edit(room.db, room.reader, { id: comment, body: 'N' }), waits],
	['a rejection', () => decide.reject(room.db, room.moderator, why()), waits],
	['a deletion while it waits', () => removeOwn(room.db, room.reader, comment), waits]
];

describe('a comment says in which revision of its article it last changed for its readers', () => {
	test('by being posted', async () => {
		expect(await changedIn(comment)).toBe(await revision());
		const reply = await say(room.db, room.other, page, 'Older than you think.', comment);
		expect(await changedIn(reply)).toBe(await revision());
	});

	for (const [name, act, before] of SHOWN) {
		test(`by ${name}`, async () => {
			await before?.();
			const earlier = await revision();
			await act();
			expect(await changedIn(comment)).toBe(await revision());
			expect(await changedIn(comment)).toBe(earlier + 1);
		});
	}

	for (const [name, act, before] of UNSEEN) {
		test(`not by ${name}`, async () => {
			await before?.();
			const earlier = await changedIn(comment);
			await act();
			expect(await changedIn(comment)).toBe(earlier);
		});
	}

	test('while it waits it has changed for nobody', async () => {
		await waits();
		expect(await changedIn(comment)).toBeNull();
	});
});
