import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as moderates from '#lib/server/accounts/moderates.ts';
import { actions } from '#lib/server/database/schema.ts';
import { article, member, newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
	for (const category of ['Harbour', 'Weather']) await article(room.db, { category });
});

const limit = (categories: string[], actor = room.admin, { name } = room.moderator) =>
	moderates.limit(room.db, actor, { name, categories });

test('an administrator limits a moderator to categories, and takes that back: logged', async () => {
	await limit(['weather', 'harbour']);
	const next = async () =>
		accounts.actorOf((await accounts.byId(room.db.read, room.moderator.accountId))!, null);
	expect((await next()).moderates).toHaveLength(2);
	await limit(['harbour', 'weather']);
	await limit([]);
	expect((await next()).moderates).toBeNull();
	const log = await room.db.read
		.select()
		.from(actions)
		.where(eq(actions.kind, 'account.moderates'));
	expect(log.map((act) => act.details)).toEqual([
		{ from: null, to: 'Harbour, Weather' },
		{ from: 'Harbour, Weather', to: null }
	]);
});

test('nobody else does, and only moderators are limited', async () => {
	await expectRefusal(limit([], room.editor), 403);
	await expectRefusal(limit([], room.moderator), 403);
	await expectRefusal(limit(['nothing']), 422);
	await expectRefusal(limit([], room.admin, await member(room.db)), 409, 'no-moderator');
	await expectRefusal(limit([], room.admin, { ...room.reader, name: 'Nobody At All' }), 404);
});
