import { eq } from 'drizzle-orm';
import { expect, inject, test, vi } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { open } from '#lib/server/database/open.ts';
import { withClient } from '#lib/server/database/postgres-client.ts';
import { comments } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

const ROUNDS = 4;
const WRITERS = 10;

/** Posts, edits, votes, deletions and decisions on two articles that quote each other, all at once. */
async function everything(room: Newsroom, page: Written, other: Written): Promise<void> {
	const { db, reader, moderator, editor } = room;
	const people = await Promise.all(Array.from({ length: WRITERS }, () => member(db)));
	const first = await say(db, reader, page, 'The pier is old.');
	const second = await say(db, reader, other, 'The pier is new.');
	const cite = ({ slug }: Written) => `> [x said,](/articles/${slug})\n> Nobody spoke`;
	const quote = (id: string) => `> [x said,](/c/${id})\n> The pier is`;
	const acts = people.flatMap((person, index) => [
		say(db, person, page, quote(second), index % 2 ? first : null),
		say(db, person, other, quote(first), index % 2 ? second : null),
		say(db, person, page, cite(other)),
		say(db, person, other, cite(page)),
		votes.cast(db, person, first),
		votes.cast(db, person, second),
		say(db, person, other, 'gone').then((id) => removeOwn(db, person, id)),
		say(db, person, page, 'Words').then((id) =>
			edit(db, person, { id, body: `${quote(second)}\n\nMore` })
		)
	]);
	const decisions = [first, second].flatMap((id) => [
		edit(db, reader, { id, body: 'The pier is gone.' }),
		decide.remove(db, moderator, { id, reason: 'Rude' }),
		commenting.set(db, editor, other.slug, { state: 'premoderated' }),
		commenting.set(db, editor, other.slug, { state: 'open' })
	]);
	// A refusal is an answer too; anything else is thrown here.
	await Promise.all([...acts, ...decisions].map(outcome));
}

/** Every count that is kept is the count of what it counts. */
async function expectCounts({ db }: Newsroom, { id, slug }: Written): Promise<void> {
	const rows = await db.read.select().from(comments).where(eq(comments.articleId, id));
	const published = rows.filter(({ status }) => status === 'published');
	expect((await articles.read(db, guest(), slug)).commentCount).toBe(published.length);
	for (const root of rows.filter(({ parentId }) => parentId === null)) {
		const placed = rows.filter((row) => row.rootId === root.id && row.replySeq !== null);
		const numbers = placed.map(({ replySeq }) => replySeq!).toSorted((a, b) => a - b);
		expect(numbers).toEqual(placed.map((_, index) => index + 1));
		expect(root.replyCount).toBe(placed.length);
	}
}

/** How many deadlocks PostgreSQL has broken in a database; it knows once nobody is connected any more. */
async function deadlocksIn(url: string): Promise<number> {
	const name = new URL(url).pathname.slice(1);
	const query = 'select deadlocks from pg_stat_database where datname = $1 and numbackends = 0';
	return withClient(inject('databases').home, async (admin) => {
		const found = async () => (await admin.query<{ deadlocks: string }>(query, [name])).rows[0];
		const { deadlocks } = await vi.waitUntil(found, { timeout: 20_000 });
		return Number(deadlocks);
	});
}

test('everything at once ends, with every count right and nobody waiting crosswise', async () => {
	const url = await testDatabaseUrl();
	const db = await open(url);
	const room = await newsroom(db);
	for (let round = 0; round < ROUNDS; round++) {
		const pages = [await article(db), await article(db)] as const;
		await everything(room, ...pages);
		for (const page of pages) await expectCounts(room, page);
	}
	await db.close();
	if (inject('databases').dialect === 'postgres') expect(await deadlocksIn(url)).toBe(0);
});
