import { beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { post } from '#lib/server/comments/post.ts';
import * as findings from '#lib/server/moderation/screen/findings.ts';
import { screening, type Rules } from '#lib/server/moderation/screen/rules.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { member, newsroom, type Newsroom } from '../support/newsroom.ts';
import * as given from '../support/settings.ts';

let room: Newsroom;

beforeEach(async () => {
	// Floods and repeats are looked for where there are limits.
	given.set({ RATE_LIMITS: 'on' });
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

describe('a repeated text', () => {
	const PLAIN = 'The ferry should sail every hour in summer.';
	const LONG = `${PLAIN} And in winter it should sail every two hours at the least.`;

	async function found(body: string, actor: Member): Promise<string[]> {
		const { id } = await post(room.db, actor, { article: room.article.slug, body });
		const all = await findings.of(room.db.read, [id]);
		return (all.get(id) ?? []).map(({ phase, verdict }) => `${phase} ${verdict}`);
	}

	test('of the same person is held, also nearly the same', async () => {
		await send(PLAIN, room.reader);
		const again = await found('THE FERRY should sail... every hour, in summer!', room.reader);
		expect(again).toEqual(['repeated-text hold']);
		await send(LONG, room.reader);
		expect(await found(`${LONG} Please!`, room.reader)).toEqual(['repeated-text hold']);
	});

	test('of somebody else is held for a day, unless it is short', async () => {
		await send(PLAIN, room.reader);
		expect(await send(PLAIN, room.other)).toBe('published');
		await send(LONG, room.reader);
		const again = await post(room.db, room.other, { article: room.article.slug, body: LONG });
		expect(again.status).toBe('pending');
		expect((await comments.read(room.db, room.other, again.id)).held).toEqual([
			'It says word for word what somebody else posted today.'
		]);
	});
});
