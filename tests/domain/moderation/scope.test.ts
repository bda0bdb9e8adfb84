import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { within, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { articles, comments as rows, statements } from '#lib/server/database/schema.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let here: Written;
let elsewhere: Written;
let limited: Member;

beforeAll(async () => {
	room = await newsroom();
	here = await article(room.db, { category: 'Harbour' });
	elsewhere = await article(room.db, { category: 'Weather' });
	const [{ categoryId }] = await room.db.read
		.select({ categoryId: articles.categoryId })
		.from(articles)
		.where(eq(articles.id, here.id));
	limited = { ...(await member(room.db, 'moderator')), moderates: [categoryId!] };
});

test('a moderator who is limited to some categories is a reader in the others', () => {
	const [harbour] = limited.moderates!;
	expect(within(limited, harbour).role).toBe('moderator');
	expect(within(limited, 'another').role).toBe('reader');
	expect(within(limited, null).role).toBe('reader');
	expect(within(room.moderator, null).role).toBe('moderator');
	expect(within({ ...room.editor, moderates: [] }, 'another').role).toBe('editor');
});

test('decides and closes in its categories only', async () => {
	const { db, reader } = room;
	const inside = await say(db, reader, here, 'Said of the harbour');
	const outside = await say(db, reader, elsewhere, 'Said of the weather');
	await decisions.remove(db, limited, { id: inside, ground: 'abuse', reason: '' });
	await expectRefusal(
		decisions.remove(db, limited, { id: outside, ground: 'abuse', reason: '' }),
		403
	);
	await commenting.set(db, limited, here.slug, { state: 'disabled' });
	await expectRefusal(commenting.set(db, limited, elsewhere.slug, { state: 'disabled' }), 403);
});

test('does not see elsewhere what only moderators see', async () => {
	const { db, reader, moderator } = room;
	const removed = await say(db, reader, elsewhere, 'Removed words');
	await decisions.remove(db, moderator, { id: removed, ground: 'spam', reason: '' });
	expect((await comments.read(db, limited, removed)).blocks).toBeNull();
	expect((await comments.read(db, moderator, removed)).blocks).not.toBeNull();
	await commenting.set(db, moderator, elsewhere.slug, { state: 'hidden' });
	await expectRefusal(comments.read(db, limited, removed), 404);
	await commenting.set(db, moderator, elsewhere.slug, { state: 'open' });
});

test('a removal keeps its kind of reason and gives the author a statement', async () => {
	const { db, reader, moderator } = room;
	const id = await say(db, reader, elsewhere, 'Buy these shoes');
	await decisions.remove(db, moderator, { id, ground: 'spam', reason: 'Shoes.' });
	const [comment] = await db.read.select().from(rows).where(eq(rows.id, id));
	expect(comment.ground).toBe('spam');
	expect(await db.read.select().from(statements).where(eq(statements.commentId, id))).toMatchObject(
		[
			{
				...{ accountId: reader.accountId, restriction: 'comment.remove', ground: 'spam' },
				...{ reason: 'Shoes.', law: '', automatic: false }
			}
		]
	);
	await decisions.restore(db, moderator, { id, reason: 'It was a joke.' });
	const [restored] = await db.read.select().from(rows).where(eq(rows.id, id));
	expect(restored.ground).toBeNull();
});

test('a comment that waits in its place is published there again, or removed', async () => {
	const { db, reader, moderator } = room;
	const texts = ['The first', 'The second', 'The third'];
	const [root, ...replies] = texts.map((text) => ({ text, id: '' }));
	root.id = await say(db, reader, elsewhere, root.text);
	for (const reply of replies) reply.id = await say(db, reader, elsewhere, reply.text, root.id);
	const hold = (id: string) =>
		db.write(async (tx) => {
			await tx.update(rows).set({ status: 'pending' }).where(eq(rows.id, id));
		});
	const stored = async (id: string) =>
		(await db.read.select().from(rows).where(eq(rows.id, id)))[0];
	for (const { id } of [root, ...replies]) await hold(id);
	expect((await comments.read(db, room.other, root.id)).blocks).toBeNull();
	await decisions.approve(db, moderator, { id: root.id, reason: '' });
	await decisions.approve(db, moderator, { id: replies[0].id, reason: '' });
	await decisions.reject(db, moderator, { id: replies[1].id, ground: 'off-topic', reason: '' });
	expect(await stored(root.id)).toMatchObject({ status: 'published', replyCount: 2 });
	expect(await stored(replies[0].id)).toMatchObject({ status: 'published', replySeq: 1 });
	expect(await stored(replies[1].id)).toMatchObject({ status: 'removed', replySeq: 2 });
});
