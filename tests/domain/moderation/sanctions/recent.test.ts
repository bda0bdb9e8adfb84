import { and, eq, isNotNull } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import { articles, actions, comments, statements } from '#lib/server/database/schema.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { article, member, newsroom, say, type Newsroom } from '../../support/newsroom.ts';

const HOUR_MS = 60 * 60 * 1000;

let room: Newsroom;
let person: Member;

beforeEach(async () => {
	room = await newsroom();
	person = await member(room.db);
});
afterEach(() => shift(0));

/** Posts as many hours ago. */
async function earlier(hours: number): Promise<string> {
	shift(-hours * HOUR_MS);
	const id = await say(room.db, person, room.article, `Words of ${hours} hours ago`);
	shift(0);
	return id;
}

function ban(removing: string, actor = room.moderator, kind = 'ban') {
	const input = { name: person.name, kind, ground: 'spam', reason: 'Shoes.', removing };
	return sanctions.lay(room.db, actor, input);
}

async function statusOf(id: string): Promise<string> {
	const [row] = await room.db.read.select().from(comments).where(eq(comments.id, id));
	return row.status;
}

test.each([
	['', 0],
	['hour', 1],
	['day', 2],
	['week', 3]
] as const)('what was written in the last %j goes with it', async (removing, count) => {
	const ids = [await earlier(0.5), await earlier(20), await earlier(100), await earlier(200)];
	expect(await ban(removing)).toBe(count);
	const statuses = await Promise.all(ids.map(statusOf));
	expect(statuses.filter((status) => status === 'removed')).toHaveLength(count);
	expect(statuses.slice(0, count)).toEqual(Array(count).fill('removed'));
});

test('each is a decision with a statement, and one notification tells of all', async () => {
	const ids = [await earlier(0.1), await earlier(0.2), await earlier(0.3)];
	await removeOwn(room.db, person, ids[0]);
	await decisions.remove(room.db, room.moderator, { id: ids[1], ground: 'abuse', reason: '' });
	await notifications.markRead(room.db, person, 'all');
	expect(await ban('hour')).toBe(1);
	expect(await notifications.unread(room.db, person)).toBe(1);
	const [ofBan] = await room.db.read
		.select()
		.from(statements)
		.where(and(eq(statements.accountId, person.accountId), eq(statements.restriction, 'ban')));
	const [withIt] = await room.db.read
		.select()
		.from(statements)
		.where(and(eq(statements.sanctionId, ofBan.sanctionId!), isNotNull(statements.commentId)));
	expect(withIt).toMatchObject({
		commentId: ids[2],
		restriction: 'comment.remove',
		ground: 'spam'
	});
	const log = await room.db.read.select().from(actions).where(eq(actions.commentId, ids[2]));
	expect(log).toMatchObject([{ kind: 'comment.remove', ground: 'spam', reason: 'Shoes.' }]);
});

test('a moderator of some categories removes what stands there', async () => {
	const harbour = await article(room.db, { category: 'Harbour' });
	const [{ categoryId }] = await room.db.read
		.select({ categoryId: articles.categoryId })
		.from(articles)
		.where(eq(articles.id, harbour.id));
	const inside = await say(room.db, person, harbour, 'Of the harbour');
	const outside = await say(room.db, person, room.article, 'Of something else');
	const limited = { ...(await member(room.db, 'moderator')), moderates: [categoryId!] };
	expect(await ban('day', limited, 'warning')).toBe(1);
	expect(await statusOf(inside)).toBe('removed');
	expect(await statusOf(outside)).toBe('published');
});

test('a flood goes as far as a request can go', async () => {
	const ids = [];
	for (let n = 0; n < 201; n++) ids.push(await say(room.db, person, room.article, `Shoes ${n}`));
	expect(await ban('hour')).toBe(200);
	expect(await statusOf(ids[0])).toBe('published');
	expect(await statusOf(ids[200])).toBe('removed');
});
