import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { shift } from '#lib/server/clock.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { edit, forEditing } from '#lib/server/comments/edit.ts';
import { history } from '#lib/server/comments/history.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { EDIT_WINDOW_MINUTES } from '#lib/server/comments/rules.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';

const WINDOW = EDIT_WINDOW_MINUTES * 60_000;

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	id = await say(room.db, room.reader, page, 'First words');
});
afterEach(() => shift(0));

function change(body = 'Second words', rest: { actor?: Member; revision?: number } = {}) {
	return edit(room.db, rest.actor ?? room.reader, { id, body, revision: rest.revision });
}

function set(state: CommentingState): Promise<void> {
	return commenting.set(room.db, room.moderator, page.slug, { state });
}

function markdown(): Promise<string> {
	return comments.markdown(room.db, room.admin, id);
}

test('an edit changes the words, raises the revision and says when', async () => {
	const before = await comments.read(room.db, room.reader, id);
	expect(before).toMatchObject({ revision: 1, editedAt: null });
	shift(60_000);
	expect(await change()).toBe(2);
	const after = await comments.read(room.db, guest(), id);
	expect(after).toMatchObject({ revision: 2, createdAt: before.createdAt });
	expect(after.editedAt!.getTime() - before.createdAt.getTime()).toBeGreaterThanOrEqual(60_000);
	expect(await markdown()).toBe('Second words');
});

test('every earlier text is kept, with its time', async () => {
	await change('Second');
	shift(60_000);
	await change('Third');
	const { comment, revisions } = await history(room.db, guest(), id);
	expect(comment.blocks).toEqual([{ html: '<p>Third</p>\n' }]);
	expect(revisions.map(({ revision, blocks }) => [revision, blocks])).toEqual([
		[2, [{ html: '<p>Second</p>\n' }]],
		[1, [{ html: '<p>First words</p>\n' }]]
	]);
	const [second, first] = revisions.map(({ createdAt }) => createdAt.getTime());
	expect(first).toBe(comment.createdAt.getTime());
	expect(second).toBeLessThan(comment.editedAt!.getTime());
});

test('the same words change nothing', async () => {
	expect(await change(' First words\r\n')).toBe(1);
	expect(await comments.read(room.db, guest(), id)).toMatchObject({ revision: 1, editedAt: null });
	await change();
	expect(await change('Second words', { revision: 1 })).toBe(2);
});

test('whoever edits an older text is told, and nothing is lost', async () => {
	await change('Second', { revision: 1 });
	await expectRefusal(change('Third', { revision: 1 }), 409, 'edited-meanwhile');
	expect(await markdown()).toBe('Second');
	expect(await change('Third', { revision: 2 })).toBe(3);
});

test('of ten edits at once one is done', async () => {
	const edits = Array.from({ length: 10 }, (_, index) => change(`Edit ${index}`, { revision: 1 }));
	expect(await outcomes(edits)).toEqual({ done: 1, '409 edited-meanwhile': 9 });
	expect((await history(room.db, guest(), id)).revisions).toHaveLength(1);
});

describe('the window', () => {
	test.each([
		[WINDOW - 5000, 'done'],
		[WINDOW, '403 edit-window-over']
	])('after %d ms: %s', async (later, expected) => {
		shift(later);
		expect(await outcomes([change()])).toEqual({ [expected]: 1 });
		const form = forEditing(room.db, room.reader, id);
		expect(await outcomes([form])).toEqual({ [expected]: 1 });
	});

	test('is over for staff too', async () => {
		id = await say(room.db, room.admin, page, 'Mine');
		shift(WINDOW);
		await expectRefusal(change('Yours', { actor: room.admin }), 403, 'edit-window-over');
	});
});

describe('who may edit', () => {
	test('nobody but its author', async () => {
		await expectRefusal(edit(room.db, guest(), { id, body: 'x' }), 401);
		await expectRefusal(forEditing(room.db, guest(), id), 401);
		for (const who of ['other', 'moderator', 'editor', 'admin'] as const) {
			await expectRefusal(change('Not mine', { actor: room[who] }), 403, 'forbidden');
			await expectRefusal(forEditing(room.db, room[who], id), 403, 'forbidden');
		}
		expect(await markdown()).toBe('First words');
	});

	test('nobody who is barred', async () => {
		const barred: Member = { ...room.reader, barred: { kind: 'banned', until: null } };
		await expectRefusal(change('x', { actor: barred }), 403, 'banned');
		await expectRefusal(forEditing(room.db, barred, id), 403, 'banned');
	});

	test.each(['disabled', 'hidden'] as const)('nobody on an article that is %s', async (state) => {
		await set(state);
		const status = state === 'hidden' ? 404 : 403;
		await expectRefusal(change(), status);
		await expectRefusal(forEditing(room.db, room.reader, id), status);
	});

	test('nobody what does not exist', async () => {
		await expectRefusal(edit(room.db, room.reader, { id: newId(), body: 'x' }), 404);
		await expectRefusal(forEditing(room.db, room.reader, 'x'), 404);
	});

	test.each<[string, () => Promise<unknown>]>([
		['deleted', () => removeOwn(room.db, room.reader, id)],
		['removed', () => decide.remove(room.db, room.moderator, { id, reason: 'Rude' })]
	])('nobody what was %s', async (_what, takeDown) => {
		await takeDown();
		await expectRefusal(change(), 403);
		await expectRefusal(forEditing(room.db, room.reader, id), 403);
	});
});

describe('under premoderation', () => {
	beforeEach(() => set('premoderated'));

	test('what waits may be edited, and goes on waiting', async () => {
		id = await say(room.db, room.reader, page, 'Waiting');
		await change();
		expect((await comments.read(room.db, room.reader, id)).status).toBe('pending');
		expect(await markdown()).toBe('Second words');
	});

	test('what was approved may not: nobody would check it again', async () => {
		await expectRefusal(change(), 403);
		await expectRefusal(forEditing(room.db, room.reader, id), 403);
	});

	test('what was rejected may not', async () => {
		id = await say(room.db, room.reader, page, 'Waiting');
		await decide.reject(room.db, room.moderator, { id, reason: 'Rude' });
		await expectRefusal(change(), 403);
	});

	test('staff may', async () => {
		id = await say(room.db, room.moderator, page, 'Mine');
		expect(await change('Still mine', { actor: room.moderator })).toBe(2);
	});
});

test.each([
	['', 'empty'],
	['x'.repeat(10_001), 'text-too-long'],
	['*'.repeat(40) + 'x' + '*'.repeat(40), 'text-too-complex']
])('a text that cannot be is refused %#', async (body, code) => {
	await expectRefusal(change(body), 422, code);
	expect(await markdown()).toBe('First words');
});

test('the form has the words, the revision and the comment', async () => {
	await change('*Second* words');
	expect(await forEditing(room.db, room.reader, id)).toMatchObject({
		comment: { id, mine: true },
		body: '*Second* words',
		revision: 2
	});
});

test('an edit races a removal: it is done before it or refused', async () => {
	const removal = decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
	const counts = await outcomes([change('Edited', { revision: 1 }), removal]);
	expect(counts.done ?? 0).toBeGreaterThanOrEqual(1);
	await expectRefusal(change('Later'), 403);
	const { comment, revisions } = await history(room.db, room.moderator, id);
	expect(comment.status).toBe('removed');
	expect(revisions).toHaveLength(comment.revision - 1);
});
