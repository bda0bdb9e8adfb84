import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import { shift } from '#lib/server/clock.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import {
	accounts,
	actions,
	appeals,
	comments,
	notifications,
	reports,
	statements
} from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { report } from '#lib/server/moderation/reports.ts';
import { review } from '#lib/server/moderation/review.ts';
import { undo } from '#lib/server/moderation/undo.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';

let room: Newsroom;

beforeEach(async () => {
	shift(0);
	room = await newsroom();
});
afterEach(() => shift(0));

/** All of a comment's row that a decision may change. */
async function stored(id: string) {
	const [row] = await room.db.read.select().from(comments).where(eq(comments.id, id));
	const { changedIn: _, ...rest } = row;
	return rest;
}

async function held(body = 'Held', parent: string | null = null): Promise<string> {
	const { db, moderator, reader, article } = room;
	await commenting.set(db, moderator, article.slug, { state: 'premoderated' });
	const id = await say(db, reader, article, body, parent);
	await commenting.set(db, moderator, article.slug, { state: 'open' });
	return id;
}

const published = (parent: string | null = null) =>
	say(room.db, room.reader, room.article, 'Words', parent);
const back = (id: string, actor: Actor = room.moderator) => undo(room.db, actor, { id });
const why = (id: string) => ({ id, ground: 'spam', reason: '' });
const countOf = async () => (await articles.read(room.db, guest(), room.article.slug)).commentCount;
const logOf = (id: string) =>
	room.db.read.select().from(actions).where(eq(actions.commentId, id)).orderBy(actions.id);

describe('everything is as before after', () => {
	/** Decides and takes it back: the comment's row and the article's count are the same. */
	async function unchanged(id: string, decision: () => Promise<void>): Promise<void> {
		const before = [await stored(id), await countOf()];
		await decision();
		expect([await stored(id), await countOf()]).not.toEqual(before);
		await back(id);
		expect([await stored(id), await countOf()]).toEqual(before);
		const log = await logOf(id);
		expect(log.at(-1)).toMatchObject({ kind: 'comment.undo', reverses: log.at(-2)!.id });
	}

	test('an approval, whose place is taken back', async () => {
		const id = await held();
		await unchanged(id, () => decide.approve(room.db, room.moderator, { id, reason: '' }));
		// Who was told of it is told of nothing.
		expect(await room.db.read.select().from(notifications)).toEqual([]);
	});

	test('an approval of a reply, whose number the next one gets', async () => {
		const root = await published();
		const id = await held('Held', root);
		await unchanged(id, () => decide.approve(room.db, room.moderator, { id, reason: '' }));
		const next = await published(root);
		expect(await stored(next)).toMatchObject({ replySeq: 1 });
		expect(await stored(root)).toMatchObject({ replyCount: 1 });
	});

	test('a rejection, a removal and a restoring', async () => {
		const [waiting, shown] = [await held(), await published()];
		const { db, moderator } = room;
		await unchanged(waiting, () => decide.reject(db, moderator, why(waiting)));
		await unchanged(shown, () => decide.remove(db, moderator, why(shown)));
		await decide.remove(db, moderator, why(shown));
		await unchanged(shown, () => decide.restore(db, moderator, { id: shown, reason: 'Not so.' }));
	});

	test('a look, and a removal of what nobody looked at', async () => {
		const id = await published();
		const { db, moderator } = room;
		await db.write((tx) =>
			tx.update(comments).set({ unreviewed: true }).where(eq(comments.id, id))
		);
		await unchanged(id, () => review(db, moderator, { id, reason: '' }));
		await unchanged(id, () => decide.remove(db, moderator, why(id)));
	});

	test('a rejection of a new text in an old place', async () => {
		const id = await published();
		const { db, moderator } = room;
		await db.write((tx) =>
			tx.update(comments).set({ status: 'pending' }).where(eq(comments.id, id))
		);
		await unchanged(id, () => decide.reject(db, moderator, why(id)));
		expect(await stored(id)).toMatchObject({ listedIn: room.article.id });
	});

	test('what was settled with it: the reports, and the record of who reported', async () => {
		const id = await published();
		const { db, moderator, other, editor } = room;
		await report(db, other, { id, reason: 'spam' });
		await report(db, editor, { id, reason: 'abuse' });
		const reporter = async () =>
			(await db.read.select().from(accounts).where(eq(accounts.id, other.accountId)))[0];
		const before = [await stored(id), await reporter()];
		for (const decision of [
			() => decide.keep(db, moderator, { id, reason: '' }),
			() => decide.remove(db, moderator, why(id))
		]) {
			await decision();
			expect((await db.read.select().from(reports)).every((row) => row.settledAt)).toBe(true);
			await back(id);
			expect(await db.read.select().from(reports)).toMatchObject([
				{ settledAt: null, settledBy: null, outcome: null },
				{ settledAt: null, settledBy: null, outcome: null }
			]);
			expect([await stored(id), await reporter()]).toEqual(before);
		}
	});
});

test('a place that others have built on stays', async () => {
	const root = await published();
	const id = await held('Held', root);
	const { db, moderator } = room;
	await decide.approve(db, moderator, { id, reason: '' });
	const later = await published(root);
	await back(id);
	expect(await stored(id)).toMatchObject({ status: 'pending', replySeq: 1 });
	expect(await stored(later)).toMatchObject({ replySeq: 2 });
	const answered = await held();
	await decide.approve(db, moderator, { id: answered, reason: '' });
	await published(answered);
	await back(answered);
	expect(await stored(answered)).toMatchObject({ status: 'pending', listedIn: room.article.id });
});

test('the statement goes with it, unless it was read; who objected is answered', async () => {
	const { db, moderator, reader } = room;
	const [first, second, third] = [await published(), await published(), await published()];
	for (const id of [first, second, third]) await decide.remove(db, moderator, why(id));
	const statementOf = async (id: string) =>
		(await db.read.select().from(statements).where(eq(statements.commentId, id))).at(0);
	const told = await statementOf(second);
	await db.write((tx) =>
		tx
			.update(notifications)
			.set({ readAt: new Date() })
			.where(eq(notifications.statementId, told!.id))
	);
	const contested = await statementOf(third);
	await db.write((tx) =>
		tx.insert(appeals).values({
			...{ id: newId(), statementId: contested!.id, accountId: reader.accountId },
			...{ words: 'It is no advertisement.', createdAt: new Date() }
		})
	);
	await back(first);
	await back(second);
	await expectRefusal(back(third), 409, 'appealed');
	expect(await statementOf(first)).toBeUndefined();
	expect(await statementOf(second)).toEqual(told);
	expect((await stored(third)).status).toBe('removed');
	const left = await db.read.select().from(notifications);
	expect(left.map(({ statementId }) => statementId).sort()).toEqual(
		[told!.id, contested!.id].sort()
	);
});

describe('is refused', () => {
	test('after ten seconds and a moment', async () => {
		const id = await published();
		await decide.remove(room.db, room.moderator, why(id));
		shift(16_000);
		await expectRefusal(back(id), 409, 'too-late');
		shift(12_000);
		await back(id);
	});

	test('to all but who decided last', async () => {
		const id = await published();
		const { db, moderator, editor } = room;
		await expectRefusal(back(id), 409, 'nothing-to-undo');
		await decide.remove(db, moderator, why(id));
		await expectRefusal(back(id, editor), 409, 'nothing-to-undo');
		await expectRefusal(back(id, room.other), 403);
		await expectRefusal(back(id, guest()), 401);
		await decide.restore(db, editor, { id, reason: 'Not so.' });
		await expectRefusal(back(id), 409, 'nothing-to-undo');
		await back(id, editor);
		await expectRefusal(back(id, editor), 409, 'nothing-to-undo');
	});

	test('where the author did something since', async () => {
		const { db, moderator, reader } = room;
		const [edited, deleted] = [await held('One'), await held('Two')];
		for (const id of [edited, deleted]) await decide.approve(db, moderator, { id, reason: '' });
		await edit(db, reader, { id: edited, body: 'Other words' });
		await removeOwn(db, reader, deleted);
		await expectRefusal(back(edited), 409, 'changed');
		await expectRefusal(back(deleted), 409, 'changed');
	});

	test('the second time of two at once', async () => {
		const id = await published();
		await decide.remove(room.db, room.moderator, why(id));
		expect(await outcomes([back(id), back(id)])).toEqual({ done: 1, '409 nothing-to-undo': 1 });
		expect((await logOf(id)).map(({ kind }) => kind)).toEqual(['comment.remove', 'comment.undo']);
	});
});

test('a look is taken once, by moderators', async () => {
	const id = await published();
	const { db, moderator, editor } = room;
	const look = (actor: Actor) => review(db, actor, { id, reason: '' });
	await expectRefusal(look(room.other), 403);
	const both = await outcomes([look(moderator), look(editor)]);
	expect(both).toEqual({ done: 1, '409 decided': 1 });
	expect((await logOf(id)).map(({ kind }) => kind)).toEqual(['comment.review']);
	expect((await stored(id)).unreviewed).toBe(false);
});
