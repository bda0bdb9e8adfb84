import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import { COMMENTING_STATES } from '#lib/server/articles/commenting-states.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { now, shift } from '#lib/server/clock.ts';
import { actions, commentingStates } from '#lib/server/database/schema.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome } from '../support/refusals.ts';

const HOUR = 3_600_000;

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});
afterEach(async () => {
	// What one test leaves for later is nothing to the next one.
	shift(24 * HOUR);
	await commenting.revertDue(room.db);
	shift(0);
});

function set(
	state: CommentingState,
	hours: number | null = null,
	words: { reason?: string; note?: string } = {}
): Promise<void> {
	const until = hours === null ? null : new Date(now().getTime() + hours * HOUR);
	return commenting.set(room.db, room.moderator, page.slug, { state, ...words, until });
}

async function view() {
	return (await articles.read(room.db, guest(), page.slug)).commenting;
}

async function logged() {
	const rows = await room.db.read.select().from(actions).where(eq(actions.articleId, page.id));
	return rows.filter(({ kind }) => kind === 'article.commenting');
}

function states() {
	const { articleId } = commentingStates;
	return room.db.read.select().from(commentingStates).where(eq(articleId, page.id));
}

describe('every state', () => {
	test.each(COMMENTING_STATES)(
		'%s is set, kept and logged with who, when and why',
		async (state) => {
			await set(state, null, { reason: ' Too  rude. ', note: ' The  talk is over. ' });
			expect(await view()).toMatchObject({ state, note: 'The  talk is over.', until: null });
			expect(await states()).toMatchObject([
				{
					...{ state, reason: 'Too  rude.', note: 'The  talk is over.', until: null },
					actorId: room.moderator.accountId
				}
			]);
			expect(await logged()).toMatchObject([
				{
					...{ actorId: room.moderator.accountId, reason: 'Too  rude.' },
					details: { from: 'open', to: state, until: null }
				}
			]);
		}
	);

	test.each(COMMENTING_STATES)('%s lets whom it should post', async (state) => {
		await set(state);
		const allowed = state === 'open' || state === 'premoderated';
		const answer = await outcome(say(room.db, room.reader, page, 'Hello'));
		expect(answer).toBe(allowed ? 'done' : '403 commenting-disabled');
	});
});

describe('until a time', () => {
	test('holds to the second, and goes back to what held before', async () => {
		await set('premoderated');
		await set('disabled', 1);
		shift(HOUR - 2000);
		expect(await view()).toMatchObject({ state: 'disabled' });
		await expectRefusal(say(room.db, room.reader, page, 'Hello'), 403);
		shift(HOUR);
		expect(await view()).toMatchObject({ state: 'premoderated', note: '', until: null });
		await say(room.db, room.reader, page, 'Hello');
	});

	test('is written down by whoever comes first, and once', async () => {
		await set('disabled', 1, { note: 'A night’s sleep' });
		expect(await commenting.revertDue(room.db)).toBe(0);
		shift(HOUR);
		const reverted = await Promise.all([1, 2, 3].map(() => commenting.revertDue(room.db)));
		expect(reverted.toSorted()).toEqual([0, 0, 1]);
		expect(await logged()).toMatchObject([
			{ details: { from: 'open', to: 'disabled' } },
			{ actorId: null, details: { from: 'disabled', to: 'open', until: null } }
		]);
		expect(await states()).toHaveLength(2);
		expect(await view()).toMatchObject({ state: 'open', until: null });
	});

	test('set again, it still goes back to what held without a time', async () => {
		await set('disabled', 1);
		await set('disabled', 2);
		shift(HOUR);
		expect((await view()).state).toBe('disabled');
		shift(2 * HOUR);
		expect((await view()).state).toBe('open');
	});

	test('a second one for a time does not bring the first one back', async () => {
		await set('hidden', 5);
		await set('premoderated', 1);
		shift(HOUR);
		expect((await view()).state).toBe('open');
		await commenting.revertDue(room.db);
		shift(5 * HOUR);
		expect((await view()).state).toBe('open');
	});

	test('after it is over a new one goes back to what holds then', async () => {
		await set('disabled', 1);
		shift(HOUR);
		await set('hidden', 1);
		shift(2 * HOUR);
		expect((await view()).state).toBe('open');
	});

	test('is forgotten by one without a time', async () => {
		await set('disabled', 1);
		await set('hidden');
		shift(2 * HOUR);
		expect((await view()).state).toBe('hidden');
		expect(await commenting.revertDue(room.db)).toBe(0);
	});

	test.each([
		['the past', -1, 'past'],
		['now', 0, 'past'],
		['no time at all', NaN, 'past'],
		['more than a hundred years ahead', 101 * 366 * 24, 'too-far']
	])('%s is refused', async (_what, hours, code) => {
		await expectRefusal(set('disabled', hours), 422, code);
		expect((await view()).state).toBe('open');
		expect(await logged()).toEqual([]);
	});
});

describe('who may', () => {
	test.each([
		['reader', 403],
		['moderator', null],
		['editor', null],
		['admin', null]
	] as const)('a %s: %s', async (role, status) => {
		const setting = commenting.set(room.db, room[role], page.slug, { state: 'disabled' });
		if (status === null) await setting;
		else await expectRefusal(setting, status);
		expect((await view()).state).toBe(status === null ? 'disabled' : 'open');
	});

	test('nobody without an account', async () => {
		await expectRefusal(commenting.set(room.db, guest(), page.slug, { state: 'hidden' }), 401);
	});

	test('on a draft, only editors', async () => {
		const { slug } = await article(room.db, { published: false });
		const input = { state: 'disabled' } as const;
		await expectRefusal(commenting.set(room.db, room.moderator, slug, input), 404);
		await commenting.set(room.db, room.editor, slug, input);
	});

	test.each(['nothing-here', '\u0000'])('on %j, nobody', (slug) =>
		expectRefusal(commenting.set(room.db, room.moderator, slug, { state: 'open' }), 404)
	);
});

test.each(['reason', 'note'])('a %s has a length', async (words) => {
	const tooLong = set('disabled', null, { [words]: 'x'.repeat(1001) });
	await expectRefusal(tooLong, 422, `${words}-too-long`);
	await set('disabled', null, { [words]: 'x'.repeat(1000) });
});
