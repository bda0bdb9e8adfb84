import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { open } from '#lib/server/database/open.ts';
import { sqlitePath } from '#lib/server/database/sqlite.ts';
import * as limits from '#lib/server/limits/limits.ts';
import * as changes from '#lib/server/transfer/move/changes.ts';
import { takeBack } from '#lib/server/transfer/move/move.ts';
import { tablesOf } from '#lib/server/transfer/move/tables.ts';
import { testDatabaseUrl } from '../../support/database.ts';
import { member } from '../../support/newsroom.ts';
import * as settings from '../../support/settings.ts';

describe.runIf(inject('databases').dialect === 'sqlite')('while a site moves', () => {
	let url: string;
	let file: BetterSqlite.Database;

	beforeEach(async () => {
		url = await testDatabaseUrl();
		file = new BetterSqlite(sqlitePath(url));
		changes.startNoting(file, tablesOf(file), 'this-move');
	});
	afterEach(() => file.close());

	it('what is written over what is there goes on, and is noted once', async () => {
		settings.set({ RATE_LIMITS: 'on' });
		const db = await open(url);
		try {
			const who = await member(db);
			for (let n = 0; n < 3; n++) await db.write((tx) => limits.take(tx, limits.post, who));
		} finally {
			await db.close();
		}
		const take = file.transaction(() => changes.take(file, tablesOf(file), 'this-move'));
		const noted = Object.fromEntries([...take()].map(([{ name }, keys]) => [name, keys]));
		expect(noted.rate_limits).toHaveLength(new Set(noted.rate_limits.flat()).size);
		expect(noted.accounts).toHaveLength(1);
		expect(changes.pending(file)).toBe(0);
	});

	it('what is left of a move that was broken off can be ended', () => {
		expect(takeBack(url)).toBeNull();
		expect(changes.isNoting(file)).toBe(false);
		const left = file.prepare(
			"select count(*) from sqlite_schema where name glob 'afterword_move*'"
		);
		expect(left.pluck().get()).toBe(0);
		expect(() => takeBack(url)).toThrow('it has not moved');
	});
});
