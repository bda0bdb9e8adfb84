import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import { actions, comments } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as claims from '#lib/server/moderation/claims.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as desk from '#lib/server/moderation/desk.ts';
import { at as lookAt } from '#lib/server/moderation/look.ts';
import { report } from '#lib/server/moderation/reports.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';

let room: Newsroom;
let ids: string[];

beforeEach(async () => {
	room = await newsroom();
	const { db, moderator, reader, article } = room;
	await commenting.set(db, moderator, article.slug, { state: 'premoderated' });
	ids = [];
	for (const words of ['One', 'Two', 'Three']) ids.push(await say(db, reader, article, words));
});

const statuses = async () =>
	(await room.db.read.select().from(comments).orderBy(comments.id)).map((row) => row.status);

test('many are decided alike, and what others did is left and named', async () => {
	const { db, moderator, editor } = room;
	const [first, second] = ids;
	await decide.approve(db, editor, { id: first, reason: '' });
	await claims.take(db, editor, { id: second });
	const all = [...ids, ids[2], newId(), 'nonsense'];
	const result = await desk.together(db, moderator, 'reject', {
		...{ ids: all, ground: 'spam', reason: '' }
	});
	expect(result.done).toEqual([ids[2]]);
	expect(result.left.map(({ id }) => id)).toEqual([first, second, all[4], 'nonsense']);
	expect(result.left[0].why).toContain('Somebody was quicker');
	expect(result.left[1].why).toContain(editor.name);
	expect(await statuses()).toEqual(['published', 'pending', 'rejected']);
});

test('nothing is decided without a reason that is needed, nor by those who may not', async () => {
	const { db, moderator } = room;
	const reject = { ids, ground: '', reason: '' };
	await expectRefusal(desk.together(db, moderator, 'reject', reject), 422, 'no-reason');
	const { done } = await desk.together(db, room.other, 'approve', { ids, reason: '' });
	expect(done).toEqual([]);
	expect((await desk.together(db, guest(), 'approve', { ids, reason: '' })).done).toEqual([]);
	expect(await statuses()).toEqual(['pending', 'pending', 'pending']);
});

test('two who decide the same at once: one outcome and one line in the log for each', async () => {
	const { db, moderator, editor } = room;
	const [one, other] = await Promise.all([
		desk.together(db, moderator, 'approve', { ids, reason: '' }),
		desk.together(db, editor, 'reject', { ids, ground: 'spam', reason: '' })
	]);
	expect([...one.done, ...other.done].sort()).toEqual(ids);
	expect([...one.left, ...other.left].map(({ id }) => id).sort()).toEqual(ids);
	for (const id of ids) {
		const log = await db.read.select().from(actions).where(eq(actions.commentId, id));
		expect(log).toHaveLength(1);
	}
	const alone = ids.map((id) => desk.decide(db, moderator, 'approve', { id, reason: '' }));
	expect(await outcomes(alone)).toEqual({ '409 decided': 3 });
});

test('an open page learns what others do, and what came since', async () => {
	const { db, moderator, editor, reader, other, article } = room;
	const since = newId();
	const look = (tab: 'pending' | 'reported', shown = ids) =>
		lookAt(db, moderator, { tab, since, ids: shown });
	expect(await look('pending')).toEqual({ count: 3, fresh: 0, gone: [], claims: [] });
	const [first, second, third] = ids;
	await decide.approve(db, editor, { id: first, reason: '' });
	await claims.take(db, editor, { id: second });
	await claims.take(db, moderator, { id: third });
	const fresh = await say(db, reader, article, 'Four');
	expect(await look('pending')).toEqual({
		...{ count: 3, fresh: 1, gone: [first] },
		claims: [{ id: second, by: editor.name }]
	});
	expect((await look('pending', [...ids, fresh, 'nonsense'])).fresh).toBe(0);
	await report(db, other, { id: first, reason: 'spam' });
	expect(await look('reported', [])).toEqual({ count: 1, fresh: 1, gone: [], claims: [] });
	const never = await lookAt(db, moderator, { tab: 'pending', since: 'x', ids: [] });
	expect(never.fresh).toBe(0);
	await expectRefusal(lookAt(db, reader, { tab: 'pending', since, ids }), 403);
	await expectRefusal(lookAt(db, guest(), { tab: 'pending', since, ids }), 401);
});
