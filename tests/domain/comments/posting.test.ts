import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { shift } from '#lib/server/clock.ts';
import { post } from '#lib/server/comments/post.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { accounts, comments } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});
afterEach(() => shift(0));

async function row(id: string) {
	const [found] = await room.db.read.select().from(comments).where(eq(comments.id, id));
	return found;
}

async function count(): Promise<number> {
	return (await articles.read(room.db, room.admin, page.slug)).commentCount;
}

function set(state: CommentingState, slug = page.slug): Promise<void> {
	return commenting.set(room.db, room.moderator, slug, { state });
}

test('a root is listed on its article', async () => {
	const { id, url, status, created } = await post(room.db, room.reader, {
		article: page.slug,
		body: 'First!'
	});
	expect({ url, status, created }).toEqual({ url: `/c/${id}`, status: 'published', created: true });
	expect(await row(id)).toMatchObject({
		...{ articleId: page.id, rootId: id, parentId: null, depth: 0, listedIn: page.id },
		...{ replySeq: null, replyCount: 0, authorId: room.reader.accountId, revision: 1, score: 0 },
		...{ status: 'published', body: [{ text: 'First!' }], editedAt: null }
	});
	expect(await count()).toBe(1);
});

test('replies are numbered under their root, whatever they answer', async () => {
	const root = await say(room.db, room.reader, page, 'root');
	const one = await say(room.db, room.other, page, 'one', root);
	const two = await say(room.db, room.reader, page, 'two', one);
	const three = await say(room.db, room.other, page, 'three', root);
	expect(await row(two)).toMatchObject({ rootId: root, parentId: one, depth: 2, replySeq: 2 });
	expect(await row(three)).toMatchObject({ rootId: root, parentId: root, depth: 1, replySeq: 3 });
	expect(await row(three)).toMatchObject({ listedIn: null });
	expect((await row(root)).replyCount).toBe(3);
	expect(await count()).toBe(4);
});

test('replies at once are numbered without a gap', async () => {
	const root = await say(room.db, room.reader, page, 'root');
	const ids = await Promise.all(
		Array.from({ length: 30 }, (_, index) => say(room.db, room.other, page, `${index}`, root))
	);
	const rows = await Promise.all(ids.map(row));
	const numbers = rows.map(({ replySeq }) => replySeq!).sort((a, b) => a - b);
	expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
	expect((await row(root)).replyCount).toBe(30);
	expect(await count()).toBe(31);
	// The order of numbers is the order of ids, which is the order of time.
	const byNumber = rows.toSorted((a, b) => a.replySeq! - b.replySeq!).map(({ id }) => id);
	expect(byNumber).toEqual(ids.toSorted());
});

describe('under premoderation', () => {
	beforeEach(() => set('premoderated'));

	test.each([
		['reader', 'pending'],
		['moderator', 'published'],
		['editor', 'published'],
		['admin', 'published']
	] as const)('what a %s posts is %s', async (role, status) => {
		const posted = await post(room.db, room[role], { article: page.slug, body: 'Hello' });
		expect(posted.status).toBe(status);
		expect(await count()).toBe(status === 'pending' ? 0 : 1);
		expect((await row(posted.id)).listedIn).toBe(status === 'pending' ? null : page.id);
	});

	test('a reply that waits has no number yet', async () => {
		const root = await say(room.db, room.moderator, page, 'root');
		const reply = await say(room.db, room.reader, page, 'reply', root);
		expect(await row(reply)).toMatchObject({ status: 'pending', rootId: root, replySeq: null });
		expect((await row(root)).replyCount).toBe(0);
	});
});

describe('a parent that cannot be answered:', () => {
	const words = 'answered';
	const parents: Record<string, () => Promise<string>> = {
		unknown: () => Promise.resolve(newId()),
		'no id': () => Promise.resolve('__proto__'),
		'of another article': async () => say(room.db, room.reader, await article(room.db), words),
		deleted: async () => {
			const id = await say(room.db, room.other, page, words);
			await removeOwn(room.db, room.other, id);
			return id;
		},
		removed: async () => {
			const id = await say(room.db, room.other, page, words);
			await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
			return id;
		},
		pending: async () => {
			await set('premoderated');
			const id = await say(room.db, room.other, page, words);
			await set('open');
			return id;
		},
		rejected: async () => {
			const id = await parents.pending();
			await decide.reject(room.db, room.moderator, { id, reason: 'Rude' });
			return id;
		}
	};

	test.each([
		['unknown', 'unknown-parent'],
		['no id', 'unknown-parent'],
		['of another article', 'unknown-parent'],
		['pending', 'unknown-parent'],
		['rejected', 'unknown-parent'],
		['deleted', 'parent-gone'],
		['removed', 'parent-gone']
	])('%s', async (which, code) => {
		const parent = await parents[which]();
		const before = await count();
		const reply = { article: page.slug, body: 'reply', parent };
		await expectRefusal(post(room.db, room.reader, reply), 422, code);
		await expectRefusal(post(room.db, room.admin, reply), 422, code);
		expect(await count()).toBe(before);
	});
});

test.each([
	['nothing', '', 422, 'empty'],
	['white space', ' \n\t\u00a0', 422, 'empty'],
	['what nobody sees', '\u200b\u2060\u3164', 422, 'empty'],
	['controls', '\u0000\u0007', 422, 'empty'],
	['marks without words', '>\n> \n', 422, 'empty'],
	['a line alone', '***', 422, 'empty'],
	['too many words', 'x'.repeat(10_001), 422, 'text-too-long'],
	['too deep a quote', `${'>'.repeat(13)} x`, 422, 'text-too-complex'],
	['too deep a list', '- '.repeat(13) + 'x', 422, 'text-too-complex'],
	['too deep emphasis', `${'*'.repeat(40)}x${'*'.repeat(40)}`, 422, 'text-too-complex'],
	['too many quotes', '> x\n\n'.repeat(100), 422, 'text-too-complex']
])('a body of %s is refused', async (_what, body, status, code) => {
	await expectRefusal(post(room.db, room.reader, { article: page.slug, body }), status, code);
	expect(await count()).toBe(0);
});

test('what is stored is well-formed text on every database', async () => {
	const id = await say(room.db, room.reader, page, '  a\r\nb\u0000c \ud800d\u0007  ');
	expect((await row(id)).body).toEqual([{ text: 'a\nbc \ufffdd' }]);
});

describe('who may post', () => {
	test.each([
		['guest', 'open', 401],
		['guest', 'disabled', 401],
		['reader', 'disabled', 403],
		['reader', 'hidden', 403],
		['moderator', 'disabled', 403],
		['admin', 'hidden', 403]
	] as const)('a %s on an article that is %s: %d', async (who, state, status) => {
		await set(state);
		const actor = who === 'guest' ? guest() : room[who];
		const posting = post(room.db, actor, { article: page.slug, body: 'Hello' });
		await expectRefusal(posting, status, status === 403 ? 'commenting-disabled' : 'sign-in');
		expect(await count()).toBe(0);
	});

	test.each(['nothing-here', '', '../x', '\u0000', 'constructor'])(
		'nobody on the article %j that does not exist',
		(slug) => expectRefusal(post(room.db, room.reader, { article: slug, body: 'Hello' }), 404)
	);

	test('only editors on a draft', async () => {
		const draft = await article(room.db, { published: false });
		const input = { article: draft.slug, body: 'Hello' };
		await expectRefusal(post(room.db, room.reader, input), 404);
		await expectRefusal(post(room.db, room.moderator, input), 404);
		expect(await post(room.db, room.editor, input)).toMatchObject({ created: true });
	});

	test.each([
		['suspended', { suspendedUntil: new Date(Date.now() + 60_000) }],
		['banned', { bannedAt: new Date() }]
	])('nobody who is %s, also when the session did not know yet', async (code, columns) => {
		const person = await member(room.db);
		await room.db.write((tx) =>
			tx.update(accounts).set(columns).where(eq(accounts.id, person.accountId))
		);
		const posting = post(room.db, person, { article: page.slug, body: 'Hello' });
		await expectRefusal(posting, 403, code);
		expect(await count()).toBe(0);
		shift(61_000);
		const later = post(room.db, person, { article: page.slug, body: 'Hello' });
		if (code === 'banned') await expectRefusal(later, 403, code);
		else expect(await later).toMatchObject({ created: true });
	});
});
