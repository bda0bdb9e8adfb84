import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { problems, notifications } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as desk from '#lib/server/problems/desk.ts';
import { forComment, fromComment } from '#lib/server/problems/from-comment.ts';
import * as own from '#lib/server/problems/own.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db, { body: 'It met on Tuesday.\n\nNobody spoke.' });
	const quote = `> [The article said,](/articles/${page.slug})\n> Nobody spoke.\n\n`;
	id = await say(room.db, room.reader, page, `${quote}*I* did, and <b>loudly</b>.`);
});

const make = (actor: Actor, words = 'I did.') =>
	fromComment(room.db, actor, { id, kind: 'wrong-fact', words, passage: 'Nobody spoke.' });

test('a comment brings its own words, and the paragraph that it quotes', async () => {
	const { comment, words, passage } = await forComment(room.db, room.moderator, id);
	expect([comment.id, passage]).toEqual([id, 'Nobody spoke.']);
	expect(words.trim()).toBe('I did, and <b>loudly</b>.');
});

test('what staff make of it is its writer’s, who learns the outcome', async () => {
	const made = await make(room.moderator, 'Somebody says that he did.');
	expect(await own.read(room.db, room.reader, made)).toMatchObject({
		...{
			words: 'Somebody says that he did.',
			passage: 'Nobody spoke.',
			comment: { url: `/c/${id}` }
		}
	});
	const [row] = await room.db.read.select().from(problems).where(eq(problems.id, made.id));
	expect(row).toMatchObject({ accountId: room.reader.accountId, commentId: id, version: 1 });
	expect(row.passageKey).not.toBeNull();
	await desk.dismiss(room.db, room.editor, { id: made.id, answer: 'Not at the meeting.' });
	const told = await room.db.read
		.select()
		.from(notifications)
		.where(eq(notifications.problemId, made.id));
	expect(told).toMatchObject([{ accountId: room.reader.accountId, kind: 'problem' }]);
});

test('it is made once, by staff, of words that stand', async () => {
	await expectRefusal(make(guest()), 401);
	await expectRefusal(make(room.reader), 403);
	await expectRefusal(make({ ...room.moderator, moderates: [] }), 403);
	await expectRefusal(make(room.moderator, ''), 422, 'no-words');
	const both = [make(room.moderator), make(room.editor)];
	expect(await outcomes(both)).toEqual({ done: 1, '409 made-already': 1 });
	await decide.remove(room.db, room.moderator, { id, ground: 'abuse', reason: 'Rude' });
	await expectRefusal(forComment(room.db, room.editor, id), 403);
	await expectRefusal(forComment(room.db, room.reader, id), 403);
});
