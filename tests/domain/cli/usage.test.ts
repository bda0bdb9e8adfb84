import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCommand } from '../../support/command.ts';
import { commandsOn, fileOf, newSqliteUrl, pathFor } from './support.ts';

const url = newSqliteUrl();
const run = commandsOn(url);

// How commands are called has nothing to do with the database: once is enough.
describe.runIf(inject('databases').dialect === 'sqlite')('the command line', () => {
	test('without a command, how to use it is said, and that this was wrong', async () => {
		const { code, stdout, stderr } = await run();
		expect([code, stdout]).toEqual([2, '']);
		for (const name of Object.keys(COMMANDS)) expect(stderr).toContain(`\n  ${name} `);
	});

	test('--help lists the commands on standard output', async () => {
		const { code, stdout, stderr } = await run('--help');
		expect([code, stderr]).toEqual([0, '']);
		for (const name of Object.keys(COMMANDS)) expect(stdout).toContain(`\n  ${name} `);
	});

	test('a command has --help, wherever that stands', async () => {
		const { code, stdout, stderr } = await run('import', 'some-file', '--help');
		expect([code, stderr]).toEqual([0, '']);
		expect(stdout).toContain('import FILE… [--dry-run] [--strict]');
		expect(existsSync(url.replace('file:', ''))).toBe(false);
	});

	test('wrong usage is exit code 2, with what is wrong and how to do it right', async () => {
		const { code, stdout, stderr } = await run('account', 'create', 'Ann', '--role', 'reader');
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toMatch(/^--email is missing\.\n\n/);
		expect(stderr).toContain('account create NAME --email ADDRESS');
		expect(existsSync(url.replace('file:', ''))).toBe(false);
	});

	test('a command that does not exist is wrong usage', async () => {
		const { code, stderr } = await run('toString');
		expect(code).toBe(2);
		expect(stderr).toContain('There is no command "toString".');
	});

	describe('what cannot be done is exit code 1, with the reason in words:', () => {
		test.each([
			[['export', pathFor('x.jsonl')], 'There is no database yet'],
			[['import', pathFor('nowhere.jsonl')], 'There is no ']
		])('%j', async (args, words) => {
			const { code, stdout, stderr } = await run(...args);
			expect([code, stdout]).toEqual([1, '']);
			expect(stderr).toContain(words);
			expect(stderr).not.toMatch(/^\s+at /m);
		});

		test('settings that are wrong', async () => {
			const { code, stderr } = await runCommand('mysql://u:s3cret@h/d', ['migrate']);
			expect(code).toBe(1);
			expect(stderr).toContain('DATABASE_URL must begin with');
			expect(stderr).not.toContain('s3cret');
		});

		test('a file that is no database', async () => {
			const path = pathFor('text.db');
			writeFileSync(path, 'This is not a database, however long one looks at it. '.repeat(20));
			const { code, stderr } = await runCommand(`file:${path}`, ['recount']);
			expect(code).toBe(1);
			expect(stderr).toContain('no SQLite database');
		});
	});

	test('settings are listed, without the passwords in them', async () => {
		const secret = 'postgres://ann:s3cret@127.0.0.1:1/paper';
		const listed = await runCommand(secret, ['settings']);
		expect(listed.code).toBe(0);
		expect(listed.stdout).toContain('DATABASE_URL=postgres://ann:***@127.0.0.1:1/paper');
		expect(listed.stdout).not.toContain('s3cret');
		const { stdout, code } = await runCommand(secret, ['settings', '--json']);
		expect(code).toBe(0);
		const settings = JSON.parse(stdout) as { name: string; value: string; meaning: string }[];
		const found = settings.find(({ name }) => name === 'DATABASE_URL');
		expect(found).toMatchObject({ value: 'postgres://ann:***@127.0.0.1:1/paper' });
		expect(settings.map(({ name }) => name)).toContain('ORIGIN');
	});

	test('files are named from where the command was called', async () => {
		const file = fileOf({ type: 'article', id: 'somewhere-else', title: 'T', body: 'B' });
		const name = file.slice(file.lastIndexOf('/') + 1);
		const cwd = file.slice(0, file.lastIndexOf('/'));
		const { code } = await runCommand(newSqliteUrl(), ['import', name], { cwd });
		expect(code).toBe(0);
		// npm runs its scripts in the project's directory, and says where it was called.
		const env = { npm_lifecycle_event: 'cli', INIT_CWD: cwd };
		expect(await runCommand(newSqliteUrl(), ['import', name], { env })).toMatchObject({ code: 0 });
	});
});
