import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { postWithText } from '#lib/server/comments/post.ts';
import type { PostInput } from '#lib/server/comments/posting.ts';
import { readWithText } from '#lib/server/comments/texts.ts';
import { screening } from '#lib/server/moderation/screen/rules.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});

/** Posts, and holds what that gives against what reading the comment gives. */
async function expectAsRead(
	actor: Member,
	input: Omit<PostInput, 'article'>,
	status = 'published'
) {
	const posted = await postWithText(room.db, actor, { article: page.slug, ...input });
	expect(posted.status).toBe(status);
	const read = await readWithText(room.db, actor, posted.id);
	expect(posted.comment).toEqual(read);
	return read;
}

test('a comment is given as reading it would', async () => {
	await expectAsRead(room.reader, { body: 'Hello *there*, & welcome.\n\nGoodbye.' });
	await expectAsRead(room.editor, { body: 'Hello from us.' });
});

test('a reply, with whom it answers', async () => {
	const parent = await say(room.db, room.other, page, 'The first word.');
	const { view } = await expectAsRead(room.reader, { body: 'The last word.', parent });
	expect(view).toMatchObject({ depth: 1, replySeq: 1, replyingTo: { name: room.other.name } });
});

test('one that quotes, with the words of others', async () => {
	const source = await say(room.db, room.other, page, 'Nobody asked the fishermen.');
	const body = `> [${room.other.name} said,](/c/${source})\n>\n> Nobody asked the fishermen.\n\nTrue.`;
	const { text } = await expectAsRead(room.reader, { body });
	expect(text!.quotes).toMatchObject([{ saidBy: room.other.name, match: 'exact' }]);
});

test('the article’s author is known', async () => {
	const names = { name: 'Otto Lind', role: '', bio: '', account: room.other.name };
	page = await article(room.db, { byline: (await bylines.save(room.db, room.editor, names)).slug });
	expect((await expectAsRead(room.other, { body: 'I wrote it.' })).view.byAuthor).toBe(true);
	expect((await expectAsRead(room.reader, { body: 'I read it.' })).view.byAuthor).toBe(false);
});

test('one that waits, with the reasons', async () => {
	await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
	const { view } = await expectAsRead(room.reader, { body: 'May I?' }, 'pending');
	expect(view.held).toHaveLength(1);
});

test('one that is rejected, with the reasons', async () => {
	const rules = { ...screening.initial, banned: ['scum'] };
	await settings.change(room.db, room.editor, screening, rules);
	const { view } = await expectAsRead(room.other, { body: 'You are scum.' }, 'rejected');
	expect(view.held).toHaveLength(1);
	await settings.change(room.db, room.editor, screening, screening.initial);
});

test('with the role that its author has, though it waits for a second factor', async () => {
	const waiting: Member = { ...room.moderator, role: 'reader', waitingRole: 'moderator' };
	const { view } = await expectAsRead(waiting, { body: 'Off duty.' });
	expect(view.author).toMatchObject({ role: 'moderator' });
});

test('posted again under its key, it is given as it stands', async () => {
	const input = { article: page.slug, body: 'Once.', key: 'once' };
	const first = await postWithText(room.db, room.reader, input);
	const again = await postWithText(room.db, room.reader, input);
	expect(again).toEqual({ ...first, created: false });
});
