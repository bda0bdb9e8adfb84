import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, system, type Actor, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as write from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { actions, reports } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as reported from '#lib/server/moderation/reported.ts';
import { forReporting, report } from '#lib/server/moderation/reports.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome, outcomes } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	// What earlier tests left open would stand in the queue.
	await room.db.write((tx) => tx.delete(reports));
	page = await article(room.db);
	id = await say(room.db, room.reader, page, 'Words');
});

const accuse = (actor: Actor, input: { reason?: string; note?: string; revision?: number } = {}) =>
	report(room.db, actor, { id, reason: 'abuse', ...input });
const rows = () => room.db.read.select().from(reports).where(eq(reports.commentId, id));
const queue = async (actor: Actor = room.moderator) =>
	(await reported.open(room.db, actor)).items.map((item) => item.comment.id);

describe('a report', () => {
	test('says why, of which revision, and by whom, once for each person', async () => {
		await accuse(room.other, { note: ' Look at the\u0000 second word. ' });
		await accuse(room.other, { reason: 'spam' });
		await accuse(room.moderator);
		expect(await rows()).toMatchObject([
			{ reason: 'spam', note: '', revision: 1, accountId: room.other.accountId, settledAt: null },
			{ reason: 'abuse', accountId: room.moderator.accountId }
		]);
	});

	test('is of the revision that was seen', async () => {
		await edit(room.db, room.reader, { id, body: 'Other words' });
		await accuse(room.other, { revision: 1 });
		await accuse(room.moderator, { revision: 99 });
		await accuse(room.editor, { revision: 0 });
		expect((await rows()).map((row) => row.revision)).toEqual([1, 2, 2]);
		const [{ reports: list }] = (await reported.open(room.db, room.moderator)).items;
		expect(list.map((one) => one.editedSince)).toEqual([true, false, false]);
	});

	test('twenty at once are one', async () => {
		const all = Array.from({ length: 20 }, () => accuse(room.other));
		expect(await outcomes(all)).toEqual({ done: 20 });
		expect(await rows()).toHaveLength(1);
	});

	test('needs a reason that there is, and a note of some length', async () => {
		for (const reason of ['', 'dislike', '__proto__', 'misquotes-me']) {
			await expectRefusal(accuse(room.other, { reason }), 422, 'no-reason');
		}
		await expectRefusal(accuse(room.other, { note: 'x'.repeat(1001) }), 422, 'note-too-long');
		expect(await rows()).toEqual([]);
	});

	test('of being misquoted is for who is quoted', async () => {
		const quoting = await say(
			room.db,
			room.other,
			page,
			`> [Rhoda Peel said,](/c/${id})\n> Swords\n\nReally?`
		);
		const reasonsFor = async (actor: Actor) =>
			(await forReporting(room.db, actor, quoting)).reasons.includes('misquotes-me');
		expect(await reasonsFor(room.reader)).toBe(true);
		expect(await reasonsFor(room.moderator)).toBe(false);
		id = quoting;
		await accuse(room.reader, { reason: 'misquotes-me' });
		await expectRefusal(accuse(room.moderator, { reason: 'misquotes-me' }), 422);
	});

	test('is nobody’s about themselves, nor a guest’s, nor of who is barred', async () => {
		await expectRefusal(accuse(guest()), 401);
		await expectRefusal(accuse(room.reader), 403, 'forbidden');
		const barred: Member = { ...room.other, barred: { kind: 'banned', until: null } };
		await expectRefusal(accuse(barred), 403, 'banned');
		const { reasons } = await forReporting(room.db, guest(), id);
		expect(reasons).toEqual(['illegal-content']);
		await expectRefusal(forReporting(room.db, room.reader, id), 403);
	});

	test('is of what may be read', async () => {
		await expectRefusal(report(room.db, room.other, { id: newId(), reason: 'abuse' }), 404);
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		await expectRefusal(accuse(room.other), 409, 'gone');
		await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
		id = await say(room.db, room.reader, page, 'Held');
		await expectRefusal(accuse(room.other), 404);
		expect(await rows()).toEqual([]);
	});

	test('is shown again to who made it, and to nobody else', async () => {
		await accuse(room.other, { note: 'See here' });
		const before = async (actor: Actor) => (await forReporting(room.db, actor, id)).before;
		expect(await before(room.other)).toEqual({ reason: 'abuse', note: 'See here', law: '' });
		expect(await before(room.moderator)).toBeNull();
	});
});

describe('the queue', () => {
	test('has what was reported first, first, with reasons counted', async () => {
		const second = await say(room.db, room.reader, page, 'More words');
		await report(room.db, room.other, { id: second, reason: 'spam', note: 'Twice now' });
		await accuse(room.other);
		await report(room.db, room.moderator, { id: second, reason: 'spam' });
		await report(room.db, room.editor, { id: second, reason: 'abuse' });
		const { items, next } = await reported.open(room.db, room.moderator);
		expect(next).toBeNull();
		expect(items).toMatchObject([
			{
				comment: { id: second },
				reasons: [
					{ reason: 'abuse', count: 1 },
					{ reason: 'spam', count: 2 }
				],
				reports: [
					{ reason: 'spam', note: 'Twice now', by: { name: 'Otto Lind' }, editedSince: false },
					{ reason: 'spam' },
					{ reason: 'abuse' }
				],
				...{ more: 0, mayDecide: true }
			},
			{ comment: { id } }
		]);
		expect(await reported.waiting(room.db, room.moderator)).toMatchObject({
			...{ count: 2, oldest: items[0].since }
		});
	});

	test('is for moderators', async () => {
		for (const [actor, status] of [
			[guest(), 401],
			[room.reader, 403]
		] as const) {
			await expectRefusal(reported.open(room.db, actor), status);
			await expectRefusal(reported.waiting(room.db, actor), status);
		}
		await expectRefusal(reported.open(room.db, room.moderator, { cursor: 'x' }), 400);
	});

	test('comes in pages, and shows of very many reports the first', async () => {
		const people = await Promise.all(Array.from({ length: 21 }, () => member(room.db)));
		for (const one of people) await accuse(one);
		for (let n = 0; n < 20; n++) {
			const other = await say(room.db, room.reader, page, `Words ${n}`);
			await report(room.db, room.other, { id: other, reason: 'spam' });
		}
		const { items, next } = await reported.open(room.db, room.moderator);
		expect(items).toHaveLength(20);
		expect(items[0]).toMatchObject({ comment: { id }, more: 1 });
		expect(items[0].reports).toHaveLength(20);
		const rest = await reported.open(room.db, room.moderator, { cursor: next });
		expect(rest.items).toHaveLength(1);
		expect(rest.next).toBeNull();
	});

	test('leaves out drafts but for editors, and what nobody reads while it is hidden', async () => {
		await accuse(room.other);
		await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
		expect(await queue()).toEqual([]);
		await commenting.set(room.db, room.moderator, page.slug, { state: 'disabled' });
		expect(await queue()).toEqual([id]);
		await write.edit(room.db, room.editor, page.slug, { published: false });
		expect([await queue(), await queue(room.editor)]).toEqual([[], [id]]);
	});
});

describe('a report is settled', () => {
	const kept = (actor: Actor, reason = '') => decide.keep(room.db, actor, { id, reason });

	test('when a moderator keeps the comment, with a line in the log', async () => {
		await accuse(room.other);
		await accuse(room.editor);
		await kept(room.moderator, 'It is only blunt.');
		expect(await queue()).toEqual([]);
		const { accountId } = room.moderator;
		expect(await rows()).toMatchObject([{ settledBy: accountId }, { settledBy: accountId }]);
		expect((await rows()).every((row) => row.settledAt !== null)).toBe(true);
		const log = await room.db.read.select().from(actions).where(eq(actions.commentId, id));
		expect(log).toMatchObject([
			{ kind: 'comment.keep', actorId: accountId, reason: 'It is only blunt.' }
		]);
		await expectRefusal(kept(room.moderator), 409, 'decided');
		await expectRefusal(accuse(room.other, { reason: 'spam' }), 409, 'settled');
		await accuse(room.admin);
		expect(await queue()).toEqual([id]);
	});

	test('when it is removed, by a moderator or by its author', async () => {
		await accuse(room.other);
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		expect(await rows()).toMatchObject([{ settledBy: room.moderator.accountId }]);
		await decide.restore(room.db, room.moderator, { id, reason: 'Not so' });
		expect(await queue()).toEqual([]);
		id = await say(room.db, room.reader, page, 'More words');
		await accuse(room.other);
		await removeOwn(room.db, room.reader, id);
		const [row] = await rows();
		expect([row.settledAt === null, row.settledBy]).toEqual([false, null]);
	});

	test('by moderators, and not about staff above them', async () => {
		await accuse(room.other);
		expect(await outcome(kept(guest()))).toBe('401 sign-in');
		expect(await outcome(kept(room.other))).toBe('403 forbidden');
		await expectRefusal(decide.keep(room.db, room.moderator, { id: newId(), reason: '' }), 404);
		await expectRefusal(kept(room.moderator, 'x'.repeat(1001)), 422, 'reason-too-long');
		id = await say(room.db, room.editor, page, 'Of an editor');
		await accuse(room.other);
		expect(await outcome(kept(room.moderator))).toBe('403 forbidden');
		const { items } = await reported.open(room.db, room.moderator);
		expect(items.map((item) => item.mayDecide)).toEqual([true, false]);
		expect(await outcome(kept(room.editor))).toBe('done');
	});

	test('once, and none comes too late to be settled', async () => {
		await accuse(room.other);
		const both = [kept(room.moderator), kept(room.editor)];
		expect(await outcomes(both)).toEqual({ done: 1, '409 decided': 1 });
		const people = await Promise.all(Array.from({ length: 8 }, () => member(room.db)));
		const all = people.map((one) => accuse(one));
		const removal = decide.remove(room.db, system, { id, reason: 'Rude' });
		const answers = await outcomes([...all, removal]);
		expect((answers.done ?? 0) + (answers['409 gone'] ?? 0)).toBe(9);
		expect((await rows()).every((row) => row.settledAt !== null)).toBe(true);
	});
});
