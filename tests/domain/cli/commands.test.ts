import { existsSync, readFileSync, statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import * as credentials from '#lib/server/accounts/credentials.ts';
import * as tokens from '#lib/server/accounts/tokens.ts';
import { guest } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { articles, comments } from '#lib/server/database/schema.ts';
import type { Report } from '#lib/server/transfer/report.ts';
import { runCommand } from '../../support/command.ts';
import type { Result } from '../../support/server.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { commandsOn, fileOf, newSqliteUrl, pathFor } from './support.ts';

const PASSWORD = 'tern gannet fulmar skua';

let url: string;
let db: Database;
let run: (...args: string[]) => Promise<Result>;

beforeAll(async () => {
	url = await testDatabaseUrl();
	// A server has the database open while commands work on it.
	db = await open(url);
	run = commandsOn(url);
	return () => db.close();
});

function json<T>({ code, stdout, stderr }: Result): T {
	expect(code, stderr).toBe(0);
	return JSON.parse(stdout) as T;
}

describe('accounts', () => {
	test('are made with the password that standard input has', async () => {
		const args = [
			'account',
			'create',
			'Ann Pell',
			'--email',
			'ann@paper.example',
			'--role',
			'editor'
		];
		const made = await runCommand(url, args, { input: `${PASSWORD}\n` });
		expect([made.code, made.stdout]).toEqual([0, '']);
		expect(made.stderr).toContain('Ann Pell has an account now, as editor.');
		const account = await credentials.signIn(db, guest(), { name: 'ann pell', password: PASSWORD });
		expect(account.role).toBe('editor');
	});

	test('are made with the password that an option has', async () => {
		const rest = ['--email', 'bo@paper.example', '--role', 'reader', '--password', PASSWORD];
		const made = await run('account', 'create', 'Bo Rudd', ...rest, '--json');
		expect(json(made)).toMatchObject({
			name: 'Bo Rudd',
			email: 'bo@paper.example',
			role: 'reader'
		});
		expect(made.stdout).not.toContain(PASSWORD);
	});

	test.each([
		[['Bo Rudd', '--email', 'other@paper.example'], 'Somebody has this name'],
		[['Cy Dent', '--email', 'bo@paper.example'], 'cannot be used'],
		[['Cy Dent', '--email', 'nonsense'], 'e-mail address'],
		[['!', '--email', 'cy@paper.example'], 'name']
	])('are refused as %j, with the reason', async (args, words) => {
		const rest = ['--role', 'reader', '--password', PASSWORD];
		const { code, stdout, stderr } = await run('account', 'create', ...args, ...rest);
		expect([code, stdout]).toEqual([1, '']);
		expect(stderr).toContain(words);
	});

	test('with a weak password are refused', async () => {
		const args = [
			'account',
			'create',
			'Cy Dent',
			'--email',
			'cy@paper.example',
			'--role',
			'reader'
		];
		const { code, stderr } = await runCommand(url, args, { input: 'short' });
		expect(code).toBe(1);
		expect(stderr).toContain('at least 8 characters');
		expect(stderr).not.toContain('short\n');
	});

	test('get another role', async () => {
		expect(json(await run('account', 'role', 'bo rudd', 'moderator', '--json'))).toMatchObject({
			name: 'Bo Rudd',
			role: 'moderator'
		});
		expect(await run('account', 'role', 'Nobody Here', 'reader')).toMatchObject({ code: 1 });
		const limited = await run('account', 'categories', 'bo rudd');
		expect(limited.stderr).toContain('Bo Rudd moderates everywhere now.');
		expect(await run('account', 'categories', 'bo rudd', 'nothing')).toMatchObject({ code: 1 });
	});

	test('are listed', async () => {
		const list = json<{ name: string; role: string }[]>(await run('account', 'list', '--json'));
		expect(list.map(({ name, role }) => [name, role])).toEqual([
			['Bo Rudd', 'moderator'],
			['Ann Pell', 'editor']
		]);
		const { stdout } = await run('account', 'list');
		expect(stdout.trim().split('\n')).toHaveLength(2);
		expect(stdout).not.toContain('argon2');
	});
});

describe('a token', () => {
	test('is printed and nothing else, and works', async () => {
		const { code, stdout, stderr } = await run('token', 'create', 'Ann Pell');
		expect([code, stderr]).toEqual([0, '']);
		expect(stdout).toMatch(/^\S+\n$/);
		expect(await tokens.read(db, stdout.trim())).toMatchObject({ name: 'Ann Pell' });
	});

	test('is in the JSON when that is asked for', async () => {
		const { token } = json<{ token: string }>(await run('token', 'create', 'Ann Pell', '--json'));
		expect(await tokens.read(db, token)).toMatchObject({ name: 'Ann Pell' });
	});

	test('is listed without its secret, and revoked by itself or its id', async () => {
		const one = await tokens.create(db, 'Bo Rudd');
		const two = await tokens.create(db, 'Bo Rudd');
		const [words, all] = await Promise.all([
			run('token', 'list', 'bo rudd'),
			run('token', 'list', '--json')
		]);
		const own = json<{ id: string; account: string }[]>(all).slice(0, 2);
		expect(own).toMatchObject([{ account: 'Bo Rudd' }, { account: 'Bo Rudd' }]);
		const lines = own.map(({ id }) => `DAY  ${id}  moderator  Bo Rudd\n`);
		expect(words.stdout.replaceAll(/^\d{4}-\d\d-\d\d/gm, 'DAY')).toBe(lines.join(''));
		const [byItself, byId] = await Promise.all([
			run('token', 'revoke', one, '--json'),
			run('token', 'revoke', own[0].id)
		]);
		expect(json(byItself)).toMatchObject({ id: own[1].id, account: 'Bo Rudd', revoked: true });
		expect(byId).toMatchObject({ code: 0, stderr: 'A token of Bo Rudd is revoked.\n' });
		expect([await tokens.read(db, one), await tokens.read(db, two)]).toEqual([null, null]);
		const none = await run('token', 'list', 'Bo Rudd');
		expect([none.stdout, none.stderr]).toEqual(['', 'There is no token of Bo Rudd.\n']);
	});

	test('is not made for nobody', async () => {
		expect(await run('token', 'create', 'Nobody Here')).toMatchObject({ code: 1, stdout: '' });
	});
});

describe('an import', () => {
	const good = fileOf(
		{ type: 'article', id: 'the-tide', title: 'The tide', body: 'It turns.' },
		{ type: 'comment', id: '1', article: 'the-tide', body: 'It does.' },
		'{',
		{ type: 'comment', id: '2', article: 'the-tide', body: 'So it does.', parent: '1', x: 1 }
	);

	test('can be rehearsed, changing nothing', async () => {
		const report = json<Report>(await run('import', good, '--dry-run', '--json'));
		expect(report).toMatchObject({ articles: 1, comments: 2, ignored_fields: 1 });
		expect(await db.read.$count(articles)).toBe(0);
	});

	test('that is strict stops at the first bad line, changing nothing', async () => {
		const { code, stdout, stderr } = await run('import', good, '--strict', '--json');
		expect([code, stdout]).toEqual([1, '']);
		expect(stderr).toContain('Line 3: it is not JSON');
		expect(await db.read.$count(articles)).toBe(0);
	});

	test('says what it made, and what it skipped', async () => {
		const report = json<Report>(await run('import', good, '--json'));
		expect(report).toEqual({
			articles: 1,
			comments: 2,
			accounts: 0,
			categories: 0,
			bylines: 0,
			quotes: { exact: 0, altered: 0, unresolved: 0 },
			unchanged: 0,
			skipped: [{ line: 3, reason: 'it is not JSON' }],
			ignored_fields: 1
		});
		expect(await db.read.$count(comments)).toBe(2);
	});

	test('says in words that there was nothing new', async () => {
		const { code, stdout } = await run('import', good);
		expect(code).toBe(0);
		expect(stdout).toContain('Nothing new.');
		expect(stdout).toContain('line 3: it is not JSON');
	});

	test('reads standard input', async () => {
		const input = readFileSync(good, 'utf8');
		const report = json<Report>(await runCommand(url, ['import', '-', '--json'], { input }));
		expect(report).toMatchObject({ articles: 0, unchanged: 3 });
	});
});

describe('an export', () => {
	test('is written for its owner only, and counted', async () => {
		const path = pathFor('out.jsonl');
		const result = json<{ file: string; records: number }>(await run('export', path, '--json'));
		const lines = readFileSync(path, 'utf8').trim().split('\n');
		expect(result).toEqual({ file: path, records: lines.length });
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});

	test('on standard output is nothing but the export', async () => {
		const { code, stdout } = await run('export', '-');
		expect(code).toBe(0);
		const types = stdout
			.trim()
			.split('\n')
			.map((line) => (JSON.parse(line) as { type: string }).type);
		expect(types).toEqual(
			expect.arrayContaining(['site', 'account', 'article', 'comment', 'origin'])
		);
	});

	test('that cannot be written leaves nothing', async () => {
		const path = pathFor('no-such-directory/out.jsonl');
		const { code, stderr } = await run('export', path);
		expect(code).toBe(1);
		expect(stderr).toContain('There is no ');
		expect(existsSync(path)).toBe(false);
	});
});

test('a recount says that all is right', async () => {
	expect(json(await run('recount', '--json'))).toEqual({
		checked: { articles: 1, comments: 2 },
		mended: [],
		wrong: 0
	});
	expect((await run('recount')).stdout).toContain('Everything was right: 2 comments on 1 article.');
});

test('the demo does not go where something is', async () => {
	const { code, stdout, stderr } = await run('demo');
	expect([code, stdout]).toEqual([1, '']);
	expect(stderr).toContain('empty database only');
});

test('the schema is up to date already', async () => {
	expect(json(await run('migrate', '--json'))).toEqual({ applied: 0, backup: null });
});

describe.runIf(inject('databases').dialect === 'sqlite')('a database that is not there', () => {
	test('is made by an import, but not by a rehearsal', async () => {
		const fresh = newSqliteUrl();
		const file = fileOf({ type: 'article', id: 'first-tale', title: 'T', body: 'B' });
		const rehearsed = await runCommand(fresh, ['import', file, '--dry-run', '--json']);
		expect(json<Report>(rehearsed)).toMatchObject({ articles: 1 });
		expect(existsSync(fresh.replace('file:', ''))).toBe(false);
		const report = json<Report>(await runCommand(fresh, ['import', file, '--json']));
		expect(report).toMatchObject({ articles: 1 });
		expect(existsSync(fresh.replace('file:', ''))).toBe(true);
	});

	test('is made by the demo, which says how to sign in', async () => {
		const fresh = newSqliteUrl();
		const args = ['demo', '--comments', '500', '--in-one-article', '--json'];
		const report = json<{ comments: number; sign_ins: { name: string; password: string }[] }>(
			await runCommand(fresh, args)
		);
		expect(report.comments).toBeGreaterThan(600);
		const made = await open(fresh);
		const [{ name, password }] = report.sign_ins;
		expect(await credentials.signIn(made, guest(), { name, password })).toMatchObject({ name });
		await made.close();
	});

	test('is made by its schema', async () => {
		const fresh = newSqliteUrl();
		const { applied } = json<{ applied: number }>(await runCommand(fresh, ['migrate', '--json']));
		expect(applied).toBeGreaterThan(0);
		expect(json(await runCommand(fresh, ['account', 'list', '--json']))).toEqual([]);
	});

	test('of an older version is not touched until it is brought up to date', async () => {
		const old = newSqliteUrl();
		await runCommand(old, ['migrate']);
		const connection = new BetterSqlite(old.replace('file:', ''));
		const [first] = connection
			.prepare<[], { at: number }>('select created_at as at from __drizzle_migrations order by 1')
			.all();
		connection.prepare('delete from __drizzle_migrations where created_at > ?').run(first.at);
		connection.close();
		const { code, stderr } = await runCommand(old, ['account', 'list']);
		expect(code).toBe(1);
		expect(stderr).toContain('npm run cli -- migrate');
	});

	test('of a newer version is not touched at all', async () => {
		const newer = newSqliteUrl();
		await runCommand(newer, ['migrate']);
		const connection = new BetterSqlite(newer.replace('file:', ''));
		connection.exec(
			"insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999)"
		);
		connection.close();
		for (const command of [['account', 'list'], ['migrate']]) {
			const { code, stderr } = await runCommand(newer, command);
			expect(code).toBe(1);
			expect(stderr).toContain('newer version');
		}
	});
});
