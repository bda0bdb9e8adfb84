import { beforeAll, expect, test } from 'vitest';
import { waitingBy, waitingOf } from '#lib/server/comments/waiting.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { dialect, statement } from '../backup/support.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';

const MANY = 3000;

let url: string;
let db: Database;
let room: Newsroom;
let waiting: string;

/** Columns of a comment as they are, but for some. */
async function copies(of: string, change: Record<string, string>): Promise<void> {
	const [row] = (await statement(url, `select * from comments where id = '${of}'`)) as object[];
	const names = Object.keys(row).filter((name) => name !== 'idempotency_key');
	const numbers =
		dialect === 'postgres'
			? `generate_series(1, ${MANY}) as numbers(n)`
			: `(with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${MANY}) select n from numbers)`;
	await statement(
		url,
		`insert into comments (${names.join(', ')}) select ${names.map((name) => change[name] ?? name).join(', ')} from comments, ${numbers} where id = '${of}'`
	);
}

beforeAll(async () => {
	url = await testDatabaseUrl();
	db = await open(url);
	room = await newsroom(db);
	const { reader, other, article } = room;
	const published = await say(db, reader, article, 'The harbour is shut.');
	waiting = await say(db, reader, article, 'Is it?');
	await say(db, other, article, 'So they say.');
	await statement(
		url,
		`update comments set status = 'pending', listed_in = null where id = '${waiting}'`
	);
	const id = dialect === 'postgres' ? "lpad(n::text, 16, '0')" : "printf('%016d', n)";
	await copies(published, { id, root_id: id });
	await statement(url, 'analyze');
	return () => db.close();
});

test('of thousands of comments that somebody wrote, only those that wait are looked at', async () => {
	const { reader, article } = room;
	expect((await waitingOf(db.read, reader, article.id)).map(({ id }) => id)).toEqual([waiting]);
	const values = [article.id, reader.accountId];
	const query = waitingBy(db.read).getQuery().sql;
	const literal = query.replaceAll(/\+\?|\$\d/g, () => `'${values.shift()}'`);
	const how = dialect === 'postgres' ? 'explain' : 'explain query plan';
	const plan = JSON.stringify(await statement(url, `${how} ${literal}`));
	expect(values).toEqual([]);
	expect(plan).toContain('comments_own_pending');
	expect(plan).not.toMatch(/temp b-tree|scan comments/i);
});

test('a guest has none that wait', async () => {
	const { reader, article } = room;
	expect(await waitingOf(db.read, { ...reader, accountId: null }, article.id)).toEqual([]);
});
