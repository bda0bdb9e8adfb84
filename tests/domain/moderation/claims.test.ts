import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import { actions, decisionTimes } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as claims from '#lib/server/moderation/claims.ts';
import * as desk from '#lib/server/moderation/desk.ts';
import { report } from '#lib/server/moderation/reports.ts';
import * as times from '#lib/server/moderation/times.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome, outcomes } from '../support/refusals.ts';

let room: Newsroom;
let id: string;

beforeEach(async () => {
	shift(0);
	room = await newsroom();
	id = await say(room.db, room.reader, room.article, 'Words');
});
afterEach(() => shift(0));

const take = (actor: Actor, of = id) => claims.take(room.db, actor, { id: of });
const held = async (actor: Actor = room.admin) => {
	const claim = (await claims.of(room.db.read, actor, [id])).get(id);
	return claim ? { by: claim.by, mine: claim.mine } : null;
};
const remove = (actor: Actor, more: { anyway?: boolean } = {}) =>
	desk.decide(room.db, actor, 'remove', { id, ground: 'spam', reason: '', ...more });

test('one looks at a time, for a minute, and longer while it is renewed', async () => {
	const { moderator, editor } = room;
	expect(await held()).toBeNull();
	await take(moderator);
	expect(await held()).toEqual({ by: moderator.name, mine: false });
	expect(await held(moderator)).toMatchObject({ mine: true });
	await expectRefusal(take(editor), 409, 'claimed');
	shift(50_000);
	await take(moderator);
	shift(100_000);
	await expectRefusal(take(editor), 409, 'claimed');
	shift(111_000);
	expect(await held()).toBeNull();
	await take(editor);
	expect(await held()).toEqual({ by: editor.name, mine: false });
});

test('of two at once, one has it', async () => {
	const both = [take(room.moderator), take(room.editor)];
	expect(await outcomes(both)).toEqual({ done: 1, '409 claimed': 1 });
});

test('who goes on to another leaves the one before', async () => {
	const second = await say(room.db, room.reader, room.article, 'More words');
	await take(room.moderator);
	await take(room.moderator, second);
	expect(await held()).toBeNull();
	await take(room.editor);
	await claims.release(room.db, room.moderator, { id });
	expect(await held()).toMatchObject({ by: room.editor.name });
	await claims.release(room.db, room.editor, { id });
	expect(await held()).toBeNull();
});

test('is for those who may decide', async () => {
	expect(await outcome(take(guest()))).toBe('401 sign-in');
	expect(await outcome(take(room.other))).toBe('403 forbidden');
	expect(await outcome(take(room.moderator, newId()))).toBe('404 not-found');
	const ofStaff = await say(room.db, room.editor, room.article, 'Of an editor');
	expect(await outcome(take(room.moderator, ofStaff))).toBe('403 forbidden');
	await expectRefusal(claims.release(room.db, guest(), { id }), 401);
});

test('what somebody looks at is decided by others only if they say so', async () => {
	await take(room.moderator);
	await expectRefusal(remove(room.editor), 409, 'claimed');
	await remove(room.editor, { anyway: true });
	expect(await held()).toBeNull();
	expect(await room.db.read.select().from(decisionTimes)).toEqual([]);
});

test('the time from looking to deciding is kept, and today’s median is told', async () => {
	const { db, moderator, other } = room;
	expect(await times.today(db, moderator)).toEqual({ count: 0, median: null });
	// Within the day, whatever time it is.
	const noon = new Date();
	noon.setUTCHours(12, 0, 0, 0);
	const start = noon.getTime() - Date.now();
	for (const seconds of [4, 30, 6]) {
		const one = await say(db, room.reader, room.article, `Words of ${seconds}`);
		await report(db, other, { id: one, reason: 'spam' });
		shift(start);
		await take(moderator, one);
		shift(start + seconds * 1000);
		await desk.decide(db, moderator, 'keep', { id: one, reason: '' });
	}
	expect(await times.today(db, moderator)).toEqual({ count: 3, median: 6 });
	const rows = await db.read.select({ actionId: decisionTimes.actionId }).from(decisionTimes);
	for (const { actionId } of rows) {
		const [act] = await db.read.select().from(actions).where(eq(actions.id, actionId));
		expect(act.kind).toBe('comment.keep');
	}
	shift(start);
	await take(moderator);
	shift(start + 90_000);
	await remove(moderator);
	// The claim had given way: nobody knows what went on meanwhile.
	expect((await times.today(db, moderator)).count).toBe(3);
	shift(start + 24 * 60 * 60 * 1000);
	expect((await times.today(db, moderator)).count).toBe(0);
	await expectRefusal(times.today(db, await member(db)), 403);
});
