import { beforeEach, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import { post } from '#lib/server/comments/post.ts';
import { screening, type Rules } from '#lib/server/moderation/screen/rules.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { member, newsroom, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;

beforeEach(async () => {
	// Floods are looked for where there are limits.
	process.env.RATE_LIMITS = 'on';
	room = await newsroom();
});

function set(change: Partial<Rules>): Promise<void> {
	return settings.change(room.db, room.editor, screening, { ...screening.initial, ...change });
}

async function send(body: string, actor: Member): Promise<string> {
	return (await post(room.db, actor, { article: room.article.slug, body })).status;
}

test('one person’s many comments wait, also when they come at once', async () => {
	await set({ floodComments: 2 });
	const sent = await Promise.all(['a', 'b', 'c', 'd'].map((words) => send(words, room.reader)));
	expect(sent.toSorted()).toEqual(['pending', 'pending', 'published', 'published']);
	expect(await send('a', room.other)).toBe('published');
});

test('many new accounts on one article wait', async () => {
	await set({ floodNewcomers: 2 });
	expect(await send('a', room.reader)).toBe('published');
	expect(await send('b', room.other)).toBe('published');
	expect(await send('c', await member(room.db))).toBe('pending');
	expect(await send('d', room.moderator)).toBe('published');
});
