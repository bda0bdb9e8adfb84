import { eq, getTableColumns, is, sql, Table } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { beforeAll, expect, test } from 'vitest';
import type { Database, Read } from '#lib/server/database/database.ts';
import { prepared } from '#lib/server/database/prepared.ts';
import * as schema from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import { testDatabase } from '../support/database.ts';

const { accounts, comments, settings } = schema;

interface Query<Row> extends PromiseLike<Row[]> {
	prepare(name: string): object;
}
interface Made<Row> {
	execute(): Promise<Row[]>;
	customResultMapper?: unknown;
}

let db: Database;

/** Values that a decoder, or the lack of one, might spoil, in JSON. */
const VALUES: unknown[] = [
	...[0, -1.5, '', '"', false, true, [], {}, 'ö “\u2028”', [null, [1]], ['0', 'null', '{"a":1}']],
	{ a: { b: null }, constructor: 1, '2026-01-01': '2026-01-01T00:00:00Z' }
];
const TIMES = [0, 999, -1, Date.UTC(2026, 6, 29, 13, 51, 0, 7), Date.UTC(9999, 11, 31)];

beforeAll(async () => {
	db = await testDatabase();
	const accountsWith = TIMES.map((time, n) => {
		const at = new Date(time);
		const name = ['Ann', 'Zoë “Z”', '1', 'true', 'null'][n];
		const own = { id: newId(), name, nameKey: name, nameSkeleton: name, createdAt: at };
		const more = { email: name, bio: '1', deletesAt: at, deletesComments: true, bannedAt: at };
		// Every other one has as many nulls as it may.
		return n % 2 ? own : { ...own, ...more, moderates: ['a', name], reportsUpheld: 2_147_483_647 };
	});
	const settingsWith = VALUES.map((value, n) => ({
		...{ id: newId(), key: String(n), value, createdAt: new Date(TIMES[n % TIMES.length]) }
	}));
	await db.write(async (tx) => {
		for (const row of accountsWith) await tx.insert(accounts).values(row);
		for (const row of settingsWith) await tx.insert(settings).values(row);
	});
});

/** Drizzle's own rows, and those of the same query where it is prepared. */
async function both<Row>(build: (read: Read) => Query<Row>, name: string) {
	const once = prepared((read: Read) => build(read).prepare(name) as Made<Row>);
	const query = once(db.read);
	return {
		expected: await build(db.read),
		made: await query.execute(),
		isOurs: typeof query.customResultMapper === 'function'
	};
}

function kindsOf(table: PgTable): string[] {
	return Object.values<PgColumn>(getTableColumns(table)).map(({ columnType }) => columnType);
}

const SELECTS: Record<string, (read: Read) => Query<unknown>> = {
	'every column of the accounts': (read) => read.select().from(accounts).orderBy(accounts.id),
	'every column of the settings': (read) => read.select().from(settings).orderBy(settings.id),
	'columns in another order, under other names': (read) => {
		const { id, createdAt, moderates, deletesComments, name } = accounts;
		const names = {
			...{ b: name, a: createdAt, 'it’s "\\\n`${1}': moderates },
			7: deletesComments
		};
		return read.select(names).from(accounts).orderBy(id);
	},
	'one column twice': (read) =>
		read
			.select({ a: accounts.createdAt, b: accounts.createdAt })
			.from(accounts)
			.orderBy(accounts.id),
	'what is worked out': (read) =>
		read
			.select({
				plain: sql<number>`length(${accounts.bio})`,
				decoded: sql`${accounts.createdAt}`.mapWith(accounts.createdAt),
				none: sql`${accounts.bannedAt}`.mapWith(accounts.bannedAt),
				named: sql`${accounts.reportsUpheld}`.mapWith(String).as('named'),
				asked: sql`${accounts.deletesComments}`.mapWith(accounts.deletesComments).as('asked')
			})
			.from(accounts)
			.orderBy(accounts.id),
	'what is beside nothing': (read) =>
		read
			.select({
				...{ id: accounts.id, status: comments.status, blocks: comments.blocks },
				...{ unreviewed: comments.unreviewed, at: comments.createdAt, score: comments.score }
			})
			.from(accounts)
			.leftJoin(comments, eq(comments.authorId, accounts.id))
			.orderBy(accounts.id),
	'some once': (read) =>
		read
			.selectDistinct({ is: accounts.deletesComments })
			.from(accounts)
			.orderBy(accounts.deletesComments),
	'of two selects': (read) =>
		read
			.select({ id: accounts.id, at: accounts.bannedAt })
			.from(accounts)
			.unionAll(read.select({ id: settings.id, at: settings.createdAt }).from(settings))
			.orderBy(sql`1`),
	nothing: (read) =>
		read
			.select()
			.from(accounts)
			.where(sql`1 = 0`)
};

test.each(Object.entries(SELECTS))(
	'rows of a prepared select are drizzle’s own: %s',
	async (what, select) => {
		const { expected, made, isOurs } = await both(select, what.replaceAll(/\W+/g, '_'));
		expect(isOurs).toBe(true);
		expect(made).toStrictEqual(expected);
		expect(made.length > 0).toBe(what !== 'nothing');
		const keys = (rows: unknown[]) => rows.map((row) => Object.keys(row as object));
		expect(keys(made)).toEqual(keys(expected));
	}
);

test('rows that nest what they give are left to drizzle', async () => {
	const { expected, made, isOurs } = await both(
		(read) =>
			read
				.select()
				.from(accounts)
				.leftJoin(comments, eq(comments.authorId, accounts.id))
				.orderBy(accounts.id),
		'nested'
	);
	expect(isOurs).toBe(false);
	expect(made).toStrictEqual(expected);
	expect(made[0].comments).toBeNull();
});

test('columns of every kind that the schema has are among those compared', () => {
	const tables = Object.values<unknown>(schema).filter((value) => is(value, Table));
	const compared = new Set([...kindsOf(accounts), ...kindsOf(settings)]);
	for (const table of tables) {
		for (const kind of kindsOf(table as unknown as PgTable)) expect(compared).toContain(kind);
	}
	expect(compared.size).toBeGreaterThan(4);
});

test('what is read is what was written', async () => {
	const { made } = await both((read) => read.select().from(settings).orderBy(settings.id), 'told');
	expect(made.map(({ value }) => value)).toEqual(VALUES);
	for (const { createdAt } of made) expect(createdAt).toBeInstanceOf(Date);
	const people = await both((read) => read.select().from(accounts).orderBy(accounts.id), 'people');
	const [first, second] = people.made;
	expect(first).toMatchObject({
		deletesComments: true,
		moderates: ['a', 'Ann'],
		bannedAt: new Date(0)
	});
	expect(second).toMatchObject({ deletesComments: false, moderates: null, bannedAt: null });
});
