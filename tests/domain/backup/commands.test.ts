import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { list } from '#lib/server/backup/folder.ts';
import type { Backup } from '#lib/server/backup/make.ts';
import { open } from '#lib/server/database/open.ts';
import { comments } from '#lib/server/database/schema.ts';
import { PROCESSES_MS, runCommand } from '../../support/command.ts';
import { root, type Result } from '../../support/server.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { newsroom, say } from '../support/newsroom.ts';
import { dialect, ENDING, newPath, newTarget, restorable, statement } from './support.ts';

vi.setConfig({ testTimeout: PROCESSES_MS, hookTimeout: PROCESSES_MS });

let url: string;

beforeAll(async () => {
	url = await testDatabaseUrl();
	const db = await open(url);
	const room = await newsroom(db);
	await say(db, room.reader, room.article, 'The pier is gone.');
	await db.close();
});

function json<T>({ code, stdout, stderr }: Result): T {
	expect(code, stderr).toBe(0);
	return JSON.parse(stdout) as T;
}

test('R13 R14 a backup is made and restored by the two commands', async () => {
	const directory = newPath();
	const made = json<Backup>(await runCommand(url, ['backup', '--to', directory, '--json']));
	expect(made).toMatchObject({ holds: { comments: 1 }, removed: [] });
	expect(made.file.endsWith(ENDING)).toBe(true);
	expect(statSync(made.file).mode & 0o777).toBe(0o600);
	expect(statSync(directory).mode & 0o777).toBe(0o700);
	const kinds = await statement(url, "select kind from security_events where kind = 'backup.made'");
	expect(kinds).toEqual([{ kind: 'backup.made' }]);

	const target = await newTarget();
	const restored = json(await runCommand(target, ['restore', made.file, '--json']));
	expect(restored).toMatchObject({ file: made.file, replaced: null, holds: { comments: 1 } });
	const [there, here] = [await restorable(target), await restorable(url)];
	expect(there).toEqual(here);
});

test('what cannot be done is said in words', async () => {
	const target = await newTarget();
	const said = async (words: string, ...args: string[]) => {
		const { code, stdout, stderr } = await runCommand(url, args);
		expect([code, stdout]).toEqual([1, '']);
		expect(stderr).toContain(words);
		expect(stderr).not.toMatch(/^\s+at /m);
	};
	await said('There is no ', 'restore', newPath());
	await said('It is no backup of Afterword. Nothing was changed.', 'restore', `${root}README.md`);
	const before = await restorable(url);
	expect(await restorable(url)).toEqual(before);
	if (dialect === 'postgres') return said('ends in .jsonl.gz', 'backup', newPath('.db'));
	const { code, stderr } = await runCommand(target, ['backup', newPath('.db')]);
	expect([code, stderr]).toEqual([1, expect.stringContaining('There is no database yet')]);
	expect(existsSync(target.replace('file:', ''))).toBe(false);
});

test('R14 the site is not restored while a server has it open', async () => {
	const file = newPath(ENDING);
	json(await runCommand(url, ['backup', file, '--json']));
	const db = await open(url);
	// As a server's jobs do all the time.
	await db.read.$count(comments);
	const { code, stderr } = await runCommand(url, ['restore', file]);
	expect([code, stderr]).toEqual([1, expect.stringContaining('The database is in use.')]);
	await db.close();
});

test('R13 a backup that is killed leaves nothing that looks whole', async () => {
	const directory = newPath();
	mkdirSync(directory);
	const args = ['src/cli/main.ts', 'backup', '--to', directory];
	const env = { ...process.env, DATABASE_URL: url };
	const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
	const gone = once(child, 'exit');
	// The first name that appears beside the lock is the unfinished one's.
	await vi.waitUntil(
		() => readdirSync(directory).some((name) => name !== '.making') || child.exitCode !== null,
		{ timeout: PROCESSES_MS, interval: 1 }
	);
	child.kill('SIGKILL');
	await gone;
	for (const { name } of list(directory)) {
		// It was quicker than we: then it is whole.
		json(await runCommand(await newTarget(), ['restore', join(directory, name), '--json']));
	}
	const next = json<Backup>(await runCommand(url, ['backup', '--to', directory, '--json']));
	expect(existsSync(next.file)).toBe(true);
	expect(readdirSync(directory).filter((name) => name.startsWith('unfinished'))).toEqual([]);
});
