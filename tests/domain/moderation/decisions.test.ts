import { asc, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, system } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as threads from '#lib/server/comments/threads.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { actions } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome, outcomes } from '../support/refusals.ts';

const VERBS = ['approve', 'reject', 'remove', 'restore'] as const;
type Verb = (typeof VERBS)[number];
const STATUSES = ['published', 'pending', 'rejected', 'removed', 'deleted'] as const;
type Status = (typeof STATUSES)[number];

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});

/** A comment in a status, by the reader or somebody else. */
async function make(status: Status, author = room.reader): Promise<string> {
	const waits = status === 'pending' || status === 'rejected';
	const state = waits ? 'premoderated' : 'open';
	await commenting.set(room.db, room.moderator, page.slug, { state });
	const id = await say(room.db, author, page, 'Words');
	if (status === 'rejected') await decide.reject(room.db, room.moderator, { id, reason: 'Rude' });
	if (status === 'removed') await decide.remove(room.db, system, { id, reason: 'Rude' });
	if (status === 'deleted') await removeOwn(room.db, author, id);
	return id;
}

const act = (verb: Verb, id: string, actor = room.moderator, reason = 'Because') =>
	decide[verb](room.db, actor, { id, reason });

function logged(id: string) {
	return room.db.read
		.select()
		.from(actions)
		.where(eq(actions.commentId, id))
		.orderBy(asc(actions.id));
}

async function statusOf(id: string): Promise<string> {
	return (await comments.read(room.db, room.admin, id)).status;
}

const LEADS_TO: Partial<Record<Status, Partial<Record<Verb, Status>>>> = {
	pending: { approve: 'published', reject: 'rejected' },
	published: { remove: 'removed' },
	removed: { restore: 'published' }
};

describe.each(STATUSES)('what is %s', (status) => {
	test.each(VERBS)('on %s', async (verb) => {
		const id = await make(status);
		const before = (await logged(id)).length;
		const to = LEADS_TO[status]?.[verb];
		if (to === undefined) await expectRefusal(act(verb, id), 409, 'decided');
		else await act(verb, id);
		expect(await statusOf(id)).toBe(to ?? status);
		const log = await logged(id);
		expect(log).toHaveLength(before + (to === undefined ? 0 : 1));
		if (to !== undefined) {
			const { accountId: actorId } = room.moderator;
			expect(log.at(-1)).toMatchObject({ kind: `comment.${verb}`, actorId, reason: 'Because' });
		}
	});
});

describe('who decides', () => {
	const OF: Record<Verb, Status> = {
		...{ approve: 'pending', reject: 'pending', remove: 'published', restore: 'removed' }
	};

	test.each(VERBS)('%s', async (verb) => {
		for (const role of ['guest', 'reader', 'other', 'moderator', 'editor', 'admin'] as const) {
			const id = await make(OF[verb]);
			const actor = role === 'guest' ? guest() : room[role];
			const answer = await outcome(decide[verb](room.db, actor, { id, reason: 'Because' }));
			const refused = { guest: '401 sign-in', reader: '403 forbidden', other: '403 forbidden' };
			expect([role, answer]).toEqual([role, refused[role as 'guest'] ?? 'done']);
			if (answer !== 'done') expect(await statusOf(id)).toBe(OF[verb]);
		}
	});

	test.each(['reader', 'moderator', 'editor', 'admin'] as const)(
		'about what one of role %s wrote: nobody below them',
		async (authorRole) => {
			const author = await member(room.db, authorRole);
			const ranks = ['reader', 'moderator', 'editor', 'admin'];
			for (const role of ['moderator', 'editor', 'admin'] as const) {
				const isAbove = ranks.indexOf(authorRole) > ranks.indexOf(role);
				const id = await make('published', author);
				const answer = await outcome(act('remove', id, room[role]));
				expect([role, answer]).toEqual([role, isAbove ? '403 forbidden' : 'done']);
				if (isAbove) {
					await act('remove', id, room.admin);
					await expectRefusal(act('restore', id, room[role]), 403);
				}
			}
		}
	);

	test('nobody about what they may not see, nor what does not exist', async () => {
		await expectRefusal(act('remove', newId()), 404);
		await expectRefusal(act('remove', '1 OR 1=1'), 404);
		const draft = await article(room.db, { published: false });
		const id = await say(room.db, room.editor, draft, 'A note');
		await expectRefusal(act('remove', id, room.moderator), 404);
		await act('remove', id, room.editor);
	});
});

describe('a reason', () => {
	test.each([
		['approve', 'pending', false],
		['reject', 'pending', true],
		['remove', 'published', true],
		['restore', 'removed', true]
	] as const)('to %s what is %s is needed: %s', async (verb, status, needed) => {
		const id = await make(status);
		const without = act(verb, id, room.moderator, ' \u0000\n ');
		if (needed) {
			await expectRefusal(without, 422, 'no-reason');
			expect(await statusOf(id)).toBe(status);
		} else await without;
	});

	test('has a length', async () => {
		const id = await make('published');
		const long = act('remove', id, room.moderator, 'x'.repeat(1001));
		await expectRefusal(long, 422, 'reason-too-long');
		await act('remove', id, room.moderator, 'x'.repeat(1000));
	});
});

describe('two at once', () => {
	test.each([
		['remove', 'remove', 'published'],
		['approve', 'approve', 'pending'],
		['approve', 'reject', 'pending'],
		['restore', 'restore', 'removed']
	] as const)('%s and %s: one outcome, one line in the log', async (one, other, status) => {
		const id = await make(status);
		const before = (await logged(id)).length;
		const both = [act(one, id, room.moderator), act(other, id, room.editor)];
		expect(await outcomes(both)).toEqual({ done: 1, '409 decided': 1 });
		const log = await logged(id);
		expect(log).toHaveLength(before + 1);
		const verb = log.at(-1)!.kind.split('.')[1] as Verb;
		expect(await statusOf(id)).toBe(LEADS_TO[status]?.[verb]);
	});

	test('ten removals and a deletion count once', async () => {
		const id = await make('published');
		const all = Array.from({ length: 10 }, () => act('remove', id));
		const counts = await outcomes([...all, removeOwn(room.db, room.reader, id)]);
		expect(counts.done).toBe(1);
		expect((await articles.read(room.db, guest(), page.slug)).commentCount).toBe(0);
	});
});

describe('places and counts', () => {
	async function seen() {
		const { commentCount } = await articles.read(room.db, guest(), page.slug);
		const discussion = await listing.articleOf(room.db, guest(), page.slug);
		const { threads: list } = await threads.page(room.db, guest(), discussion, {
			sort: 'oldest'
		});
		return { commentCount, roots: list.map(({ root, replies }) => [root.id, replies.length]) };
	}

	test('what is removed keeps its place, what is restored takes it again', async () => {
		const id = await make('published');
		await say(room.db, room.other, page, 'reply', id);
		await act('remove', id);
		expect(await seen()).toEqual({ commentCount: 1, roots: [[id, 1]] });
		await act('restore', id);
		expect(await seen()).toEqual({ commentCount: 2, roots: [[id, 1]] });
	});

	test('what is approved gets a place, what is rejected none', async () => {
		const root = await make('published');
		const [first, second] = [await make('pending'), await make('pending')];
		const replies = [
			await say(room.db, room.reader, page, 'one', root),
			await say(room.db, room.other, page, 'two', root)
		];
		await act('approve', second);
		await act('reject', first);
		for (const reply of replies.toReversed()) await act('approve', reply);
		expect(await seen()).toEqual({
			...{
				commentCount: 4,
				roots: [
					[root, 2],
					[second, 0]
				]
			}
		});
		// Replies are numbered as they are shown.
		const numbers = replies.map(async (id) => (await comments.read(room.db, guest(), id)).replySeq);
		expect(await Promise.all(numbers)).toEqual([2, 1]);
	});
});
