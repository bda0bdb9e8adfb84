import { beforeAll, describe, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { now } from '#lib/server/clock.ts';
import * as listing from '#lib/server/comments/listing.ts';
import * as picks from '#lib/server/comments/picks.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as threads from '#lib/server/comments/threads.ts';
import { SORTS } from '#lib/server/comments/view.ts';
import * as votes from '#lib/server/comments/votes.ts';
import * as follows from '#lib/server/follows/follows.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let page: Written;
let actors: Record<string, Actor>;

/** A discussion in which everything occurs that a comment can be to somebody. */
beforeAll(async () => {
	room = await newsroom();
	page = await article(room.db);
	const { db, reader, other, moderator, editor } = room;
	const third = await member(db);
	const post = (actor: Actor, words: string, parent: string | null = null) =>
		say(db, actor, page, words, parent);
	const first = await post(reader, 'The first of all, which is quoted.');
	const second = await post(other, `> [X said,](/c/${first})\n> The first of all\n\nIndeed.`);
	await post(third, 'What somebody muted wrote.');
	await post(reader, 'A reply of mine.', second);
	const gone = await post(other, 'Removed.');
	await post(third, 'Under what is removed.', gone);
	await decide.remove(db, moderator, { id: gone, reason: 'Rude' });
	const mineGone = await post(reader, 'Removed of mine.');
	await decide.remove(db, moderator, { id: mineGone, reason: 'Rude' });
	await removeOwn(db, other, await post(other, 'Deleted.', first));
	await picks.pick(db, editor, { id: second });
	await votes.cast(db, reader, second);
	await votes.cast(db, third, first);
	await follows.follow(db, reader, { comment: first });
	await mutes.mute(db, reader, third.name);
	await commenting.set(db, moderator, page.slug, { state: 'premoderated' });
	await post(reader, 'Mine, which waits.', first);
	await post(other, 'Of the other, which waits.');
	const barred: Actor = {
		...other,
		barred: { kind: 'suspended', until: new Date(now().getTime() + 1e6) }
	};
	const demoted: Actor = { ...moderator, barred: { kind: 'banned', until: null } };
	actors = { guest: guest(), reader, other, third, barred, 'barred staff': demoted };
});

const STATES: CommentingState[] = ['premoderated', 'open', 'disabled'];
const WHO = ['guest', 'reader', 'other', 'third', 'barred', 'barred staff'];

describe.each(STATES)('while commenting is %s', (state) => {
	beforeAll(() => commenting.set(room.db, room.moderator, page.slug, { state }));

	test.each(WHO)('a page laid over is the page, for %s', async (who) => {
		const presented = await listing.articleOf(room.db, guest(), page.slug);
		expect(presented.state).toBe(state);
		for (const sort of SORTS) {
			const common = await threads.common(room.db, presented, { sort });
			const whole = await threads.page(room.db, actors[who], presented, { sort });
			expect(await threads.own(room.db, actors[who], common)).toEqual(whole);
			expect(whole.threads.length).toBeGreaterThan(3);
		}
	});
});

test('pages are laid over by their cursors too', async () => {
	const presented = await listing.articleOf(room.db, guest(), page.slug);
	const first = { sort: 'oldest', limit: 2 } as const;
	const { view } = await threads.common(room.db, presented, first);
	const second = { ...first, cursor: view.next };
	const common = await threads.common(room.db, presented, second);
	const own = await threads.own(room.db, room.reader, common);
	expect(own).toEqual(await threads.page(room.db, room.reader, presented, second));
	expect(own.previous).not.toBeNull();
});

test('what is laid over is of its reader alone', async () => {
	const presented = await listing.articleOf(room.db, guest(), page.slug);
	const common = await threads.common(room.db, presented, { sort: 'oldest' });
	const mine = await threads.own(room.db, room.reader, common);
	expect(mine.waiting).toHaveLength(1);
	const views = mine.threads.flatMap(({ root, replies }) => [root, ...replies]);
	expect(views.filter(({ recommended }) => recommended)).toHaveLength(1);
	expect(views.filter(({ muted }) => muted).length).toBeGreaterThan(0);
	const theirs = await threads.own(room.db, room.other, common);
	expect(theirs.threads.flatMap(({ root, replies }) => [root, ...replies])).not.toContainEqual(
		expect.objectContaining({ recommended: true })
	);
	expect(await threads.own(room.db, guest(), common)).toBe(common.view);
});
