import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { votes as rows } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let id: string;
let people: Member[];

beforeAll(async () => {
	room = await newsroom();
	people = await Promise.all(Array.from({ length: 8 }, () => member(room.db)));
});
beforeEach(async () => {
	page = await article(room.db);
	id = await say(room.db, room.reader, page, 'Well said');
});

const cast = (actor: Member, of = id) => votes.cast(room.db, actor, of);
const withdraw = (actor: Member, of = id) => votes.withdraw(room.db, actor, of);

/** The score, and how many rows there are for it. */
async function score(): Promise<[number, number]> {
	const all = await room.db.read.select().from(rows);
	const { score } = await comments.read(room.db, guest(), id);
	return [score, all.filter(({ commentId }) => commentId === id).length];
}

test('one each, withdrawable', async () => {
	expect(await cast(room.other)).toEqual({ score: 1, recommended: true });
	expect(await cast(room.moderator)).toEqual({ score: 2, recommended: true });
	expect(await withdraw(room.other)).toEqual({ score: 1, recommended: false });
	expect(await score()).toEqual([1, 1]);
});

test('again is the same as once', async () => {
	await cast(room.other);
	expect(await cast(room.other)).toEqual({ score: 1, recommended: true });
	await withdraw(room.other);
	expect(await withdraw(room.other)).toEqual({ score: 0, recommended: false });
	expect(await score()).toEqual([0, 0]);
});

test('only who recommended sees it as recommended', async () => {
	await cast(room.other);
	expect((await comments.read(room.db, room.other, id)).recommended).toBe(true);
	expect((await comments.read(room.db, room.reader, id)).recommended).toBe(false);
	expect((await comments.read(room.db, guest(), id)).recommended).toBe(false);
});

describe('a storm', () => {
	test('of fifty alike counts one', async () => {
		await Promise.all(Array.from({ length: 50 }, () => cast(room.other)));
		expect(await score()).toEqual([1, 1]);
	});

	test('of votes and withdrawals leaves the score at the number of votes', async () => {
		await Promise.all(
			Array.from({ length: 80 }, (_, index) => {
				const person = people[index % people.length];
				return index % 3 === 0 ? withdraw(person) : cast(person);
			})
		);
		const [total, count] = await score();
		expect(total).toBe(count);
		await Promise.all(people.map((person) => cast(person)));
		expect(await score()).toEqual([people.length, people.length]);
		await Promise.all(people.map((person) => withdraw(person)));
		expect(await score()).toEqual([0, 0]);
	});
});

describe('is refused', () => {
	test('without an account', async () => {
		await expectRefusal(votes.cast(room.db, guest(), id), 401);
		await expectRefusal(votes.withdraw(room.db, guest(), id), 401);
	});

	test('for one’s own', async () => {
		await expectRefusal(cast(room.reader), 403);
		await expectRefusal(withdraw(room.reader), 403);
	});

	test('to who is barred', async () => {
		await expectRefusal(cast({ ...room.other, barred: { kind: 'banned', until: null } }), 403);
	});

	test.each<[CommentingState, number]>([
		['disabled', 403],
		['hidden', 404]
	])('where commenting is %s, also to take back', async (state, status) => {
		await cast(room.other);
		await commenting.set(room.db, room.moderator, page.slug, { state });
		await expectRefusal(cast(room.editor), state === 'hidden' ? 403 : status);
		await expectRefusal(cast(people[0]), status);
		await expectRefusal(withdraw(room.other), status);
		await commenting.set(room.db, room.moderator, page.slug, { state: 'open' });
		expect(await score()).toEqual([1, 1]);
	});

	test.each<[string, () => Promise<unknown>]>([
		['deleted', () => removeOwn(room.db, room.reader, id)],
		['removed', () => decide.remove(room.db, room.moderator, { id, reason: 'Rude' })]
	])('for what was %s', async (_what, takeDown) => {
		await takeDown();
		await expectRefusal(cast(room.other), 409, 'gone');
		expect(await room.db.read.$count(rows)).toBe(
			(await room.db.read.select().from(rows)).filter((row) => row.commentId !== id).length
		);
	});

	test('for what waits: to others it does not exist', async () => {
		await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
		id = await say(room.db, room.reader, page, 'Waiting');
		await expectRefusal(cast(room.other), 404);
		await expectRefusal(cast(room.moderator), 409, 'gone');
	});

	test('for what does not exist', async () => {
		await expectRefusal(cast(room.other, newId()), 404);
		await expectRefusal(cast(room.other, '1 OR 1=1'), 404);
	});
});
