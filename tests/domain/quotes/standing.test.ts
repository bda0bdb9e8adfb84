import { asc, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { quotes } from '#lib/server/database/schema.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let ann: Member;
let one: string;
let two: string;
let quoting: string;

const first = () => `> [Ann Lee said,](/c/${one})\n> The first thing`;
const second = () => `> [Ann Lee said,](/c/${two})\n> The second thing`;
const nested = () => `${second()}\n${first().replace(/^/gm, '> ')}`;

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
});
beforeEach(async () => {
	const page = await article(room.db);
	one = await say(room.db, ann, page, 'The first thing that I said.');
	two = await say(room.db, ann, page, 'The second thing that I said.');
	quoting = await say(room.db, room.reader, page, `${nested()}\n\nYes.`);
});

function change(body: string): Promise<number> {
	return edit(room.db, room.reader, { id: quoting, body });
}

/** Which comments are quoted in the present text, and which in earlier ones only. */
async function standing(): Promise<[from: string, standing: boolean][]> {
	const rows = await room.db.read
		.select()
		.from(quotes)
		.where(eq(quotes.commentId, quoting))
		.orderBy(asc(quotes.id));
	const names = new Map([
		[one, 'one'],
		[two, 'two']
	]);
	return rows.map((row) => [names.get(row.sourceCommentId!)!, row.standing]);
}

test('what was posted stands, and what is within it', async () => {
	expect(await standing()).toEqual([
		['two', true],
		['one', true]
	]);
});

test('a quote that an edit takes out stands no more, with what was within it', async () => {
	await change(`${first()}\n\nYes.`);
	expect(await standing()).toEqual([
		['two', false],
		['one', false],
		['one', true]
	]);
});

test('a quote that comes back stands again', async () => {
	await change('Nothing.');
	expect((await standing()).map(([, stands]) => stands)).toEqual([false, false]);
	await change(`${nested()}\n\nAfter all.`);
	expect((await standing()).map(([, stands]) => stands)).toEqual([true, true]);
});
