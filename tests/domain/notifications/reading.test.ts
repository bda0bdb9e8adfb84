import { beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { now } from '#lib/server/clock.ts';
import { problems } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as appeals from '#lib/server/moderation/appeals/appeals.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import { ofDecision } from '#lib/server/notifications/tell-decisions.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let root: string;

beforeEach(async () => {
	room = await newsroom();
	root = await say(room.db, room.reader, room.article, 'A question');
});

const answer = (words: string) => say(room.db, room.other, room.article, words, root);
const list = async (actor = room.reader) =>
	(await notifications.list(room.db, actor)).items.flatMap((item) => item.comment?.excerpt ?? []);
const unread = (actor = room.reader) => notifications.unread(room.db, actor);

test('each says who, what, where and how it begins, newest first', async () => {
	const first = await answer(
		'> A question\n\nThe **first** answer, with [a link](https://a.example).'
	);
	const second = await answer('The second');
	const { items, next } = await notifications.list(room.db, room.reader);
	expect(next).toBeNull();
	expect(items).toMatchObject([
		{ kind: 'reply', comment: { id: second }, url: `/c/${second}`, read: false },
		{
			kind: 'quoted',
			comment: {
				id: first,
				author: { name: 'Otto Lind', url: '/people/Otto%20Lind', role: 'reader' },
				excerpt: 'The first answer, with a link.'
			},
			article: { slug: room.article.slug },
			statement: null,
			problem: null
		}
	]);
});

test('pages follow each other', async () => {
	for (let n = 0; n < 31; n++) await answer(`Answer ${n}`);
	const { items, next } = await notifications.list(room.db, room.reader);
	expect(items).toHaveLength(30);
	const rest = await notifications.list(room.db, room.reader, { cursor: next });
	expect(rest.items.map((item) => item.comment?.excerpt)).toEqual(['Answer 0']);
	await expectRefusal(notifications.list(room.db, room.reader, { cursor: 'x' }), 400, 'bad-cursor');
});

test('guests are told nothing', async () => {
	await expectRefusal(notifications.list(room.db, guest()), 401);
	await expectRefusal(notifications.markRead(room.db, guest(), 'all'), 401);
	expect(await notifications.unread(room.db, guest())).toBe(0);
});

describe('what is read', () => {
	test('is marked by itself, or all at once, and only one’s own', async () => {
		await answer('One');
		await answer('Two');
		await say(room.db, room.reader, room.article, 'Back', await answer('Three'));
		const [three, two] = (await notifications.list(room.db, room.reader)).items;
		await notifications.markRead(room.db, room.other, [three.id]);
		expect([await unread(), await unread(room.other)]).toEqual([3, 1]);
		await notifications.markRead(room.db, room.reader, [two.id, 'no id', '0000000000000000']);
		const { items } = await notifications.list(room.db, room.reader);
		expect(items.map((item) => item.read)).toEqual([false, true, false]);
		await notifications.markRead(room.db, room.reader, []);
		expect(await unread()).toBe(2);
		await notifications.markRead(room.db, room.reader, 'all');
		expect([await unread(), await unread(room.other)]).toEqual([0, 1]);
	});

	test('is counted no further than needed', async () => {
		for (let n = 0; n < 101; n++) await answer(`Answer ${n}`);
		expect(await unread()).toBe(100);
	});
});

describe('what may not be read any more is neither shown nor counted', () => {
	test('a comment that was taken down, until it is restored', async () => {
		const id = await answer('Too much');
		await removeOwn(room.db, room.other, await answer('Regretted'));
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		expect([await list(), await unread()]).toEqual([[], 0]);
		await decide.restore(room.db, room.moderator, { id, reason: 'Not so' });
		expect([await list(), await unread()]).toEqual([['Too much'], 1]);
	});

	test('a discussion that is hidden, and an article that was taken back', async () => {
		await say(
			room.db,
			room.reader,
			room.article,
			'You',
			await say(room.db, room.moderator, room.article, 'Me')
		);
		await answer('Quietly');
		await commenting.set(room.db, room.moderator, room.article.slug, { state: 'hidden' });
		expect([await list(), await unread()]).toEqual([[], 0]);
		expect([await list(room.moderator), await unread(room.moderator)]).toEqual([['You'], 1]);
		await write.edit(room.db, room.editor, room.article.slug, { published: false });
		expect([await list(room.moderator), await unread(room.moderator)]).toEqual([[], 0]);
	});

	test('somebody who was muted since', async () => {
		await answer('Loudly');
		await mutes.mute(room.db, room.reader, room.other.name);
		expect([await list(), await unread()]).toEqual([[], 0]);
		await mutes.unmute(room.db, room.reader, room.other.name);
		expect([await list(), await unread()]).toEqual([['Loudly'], 1]);
	});
});

test('a draft’s discussion is told to nobody who may not see it', async () => {
	const draft = await article(room.db);
	const first = await say(room.db, room.reader, draft, 'Early');
	await write.edit(room.db, room.editor, draft.slug, { published: false });
	await say(room.db, room.editor, draft, 'Later', first);
	expect([await list(), await unread()]).toEqual([[], 0]);
});

describe('decisions', () => {
	const told = async () => (await notifications.list(room.db, room.reader)).items;

	test('a statement and what became of an objection lead to the statement', async () => {
		await decide.remove(room.db, room.moderator, { id: root, ground: 'abuse', reason: 'Rude' });
		const [statement] = await told();
		expect(statement).toMatchObject({
			...{ kind: 'statement', comment: null, problem: null, read: false },
			...{ statement: { restriction: 'comment.remove', outcome: null } },
			article: { slug: room.article.slug }
		});
		const { id } = statement.statement!;
		expect(statement.url).toBe(`/statements/${id}`);
		await appeals.appeal(room.db, room.reader, { statementId: id, words: 'A joke' });
		const [open] = (await appeals.open(room.db, room.editor)).items;
		const answered = { id: open.id, outcome: 'reversed', answer: 'So it was' };
		await appeals.decide(room.db, room.editor, answered);
		expect(await told()).toMatchObject([
			{ kind: 'appeal', url: `/statements/${id}`, statement: { outcome: 'reversed' } },
			{ kind: 'statement' }
		]);
		expect(await unread()).toBe(2);
		await notifications.markRead(room.db, room.reader, 'all');
		expect(await unread()).toBe(0);
	});

	test('what is about the account has no article, and what is not seen any more no title', async () => {
		await sanctions.lay(room.db, room.moderator, {
			...{ name: room.reader.name, kind: 'ban', ground: 'abuse', reason: '' }
		});
		await decide.remove(room.db, room.moderator, { id: root, ground: 'abuse', reason: '' });
		await write.edit(room.db, room.editor, room.article.slug, { published: false });
		expect(await told()).toMatchObject([
			{ statement: { restriction: 'comment.remove' }, article: null },
			{ statement: { restriction: 'ban' }, article: null }
		]);
	});

	test('a pick and a problem', async () => {
		const problemId = newId();
		await room.db.write(async (tx) => {
			await tx.insert(problems).values({
				...{ id: problemId, articleId: room.article.id, version: 1, kind: 'typo' },
				...{ words: 'Harbor', status: 'corrected', createdAt: now() }
			});
			const { accountId } = room.reader;
			await ofDecision(tx, accountId, { kind: 'picked', commentId: root });
			await ofDecision(tx, accountId, { kind: 'problem', problemId });
		});
		const [problem, pick] = await told();
		expect(problem).toMatchObject({
			...{ kind: 'problem', url: `/problems/${problemId}`, comment: null },
			...{ problem: { status: 'corrected' }, article: { slug: room.article.slug } }
		});
		expect(pick).toMatchObject({ kind: 'picked', url: `/c/${root}`, comment: { id: root } });
	});
});
