import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { upgrade } from '#lib/server/backup/upgrade.ts';
import { readConfig } from '#lib/server/config.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { MIGRATIONS, MigrationError } from '#lib/server/database/migrations.ts';
import { open } from '#lib/server/database/open.ts';
import { schemaState } from '#lib/server/database/schema-state.ts';
import { comments } from '#lib/server/database/schema.ts';
import { recount } from '#lib/server/repair/recount.ts';
import { PROCESSES_MS } from '../../support/command.ts';
import { root } from '../../support/server.ts';
import { emptyDatabaseUrl } from '../support/database.ts';
import { statement } from '../backup/support.ts';
import { COMMENTS, fill } from './support/early-data.ts';

const { dialect } = inject('databases');
const { entries } = JSON.parse(
	readFileSync(join(MIGRATIONS.migrationsFolder, 'meta/_journal.json'), 'utf8')
) as { entries: { tag: string; when: number }[] };

vi.setConfig({ testTimeout: PROCESSES_MS, hookTimeout: PROCESSES_MS });

const folder = mkdtempSync(join(tmpdir(), 'afterword-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The migrations up to one, as a version of that time had them. */
function migrationsTo(count: number): string {
	const copy = join(folder, String(count));
	cpSync(MIGRATIONS.migrationsFolder, copy, { recursive: true });
	const journal = { version: '7', dialect, entries: entries.slice(0, count) };
	writeFileSync(join(copy, 'meta/_journal.json'), JSON.stringify(journal));
	return copy;
}

/** A database of an earlier version, with people, articles and comments in it. */
async function earlier(count: number): Promise<string> {
	const url = await emptyDatabaseUrl();
	await migrate(url, { folder: migrationsTo(1) });
	await fill(url);
	if (count > 1) await migrate(url, { folder: migrationsTo(count) });
	return url;
}

/** What was written then, and must be there still. */
const words = (url: string) =>
	statement(
		url,
		'select id, author_id, parent_id, article_id, created_at from comments order by id'
	);

function backupsBeside(url: string): string[] {
	if (dialect === 'postgres') return [];
	const path = url.replace('file:', '');
	return readdirSync(dirname(path)).filter((name) => name.startsWith('before-update-'));
}

describe.each(entries.map((entry, index) => [entry.tag, index + 1] as const))(
	'R15 from %s',
	(_tag, count) => {
		test('R15 an update keeps everything, and what it makes works', async () => {
			const url = await earlier(count);
			const before = await words(url);
			expect(before).toHaveLength(COMMENTS);
			await upgrade(readConfig({ DATABASE_URL: url, BACKUP_DIR: join(folder, `b${count}`) }));
			expect(await words(url)).toEqual(before);
			expect((await schemaState(url)).kind).toBe('current');
			const db = await open(url);
			expect(await db.read.$count(comments)).toBe(COMMENTS);
			const { mended } = await recount(db, () => {});
			// The renderer of that time was another one: what it made is made anew.
			expect(mended.filter(({ what }) => what !== 'rendering')).toEqual([]);
			await db.close();
			const checks = ['pragma integrity_check', 'pragma foreign_key_check'];
			const said =
				dialect === 'sqlite' ? await Promise.all(checks.map((it) => statement(url, it))) : [];
			expect(said.flat()).toEqual(dialect === 'sqlite' ? [{ integrity_check: 'ok' }] : []);
			const made = dialect === 'sqlite' && count < entries.length ? 1 : 0;
			const names = made > 0 ? readdirSync(join(folder, `b${count}`)) : [];
			expect(names).toHaveLength(made);
		});
	}
);

describe('R15 an update', () => {
	let url: string;

	beforeAll(async () => {
		url = await earlier(1);
	});

	test.runIf(dialect === 'sqlite')('R15 that cannot be backed up is not made', async () => {
		const own = await earlier(1);
		const blocked = join(folder, 'a-file');
		writeFileSync(blocked, '');
		const config = readConfig({ DATABASE_URL: own, BACKUP_DIR: join(blocked, 'inside') });
		await expect(upgrade(config)).rejects.toThrow('no backup of it could be made before');
		expect(await schemaState(own)).toMatchObject({ kind: 'older', pending: entries.length - 1 });
	});

	test.runIf(dialect === 'sqlite')('R15 of nothing needs no backup', async () => {
		const own = await emptyDatabaseUrl();
		await migrate(own, { folder: migrationsTo(2) });
		let backups = 0;
		await upgrade(readConfig({ DATABASE_URL: own }), () => (backups += 1));
		expect([(await schemaState(own)).kind, backups]).toEqual(['current', 0]);
	});

	test('R15 that fails in the middle has changed nothing', async () => {
		const own = await earlier(2);
		const broken = migrationsTo(entries.length);
		const last = join(broken, `${entries.at(-1)!.tag}.sql`);
		writeFileSync(
			last,
			`${readFileSync(last, 'utf8')}\n--> statement-breakpoint\nselect nonsense;`
		);
		await expect(migrate(own, { folder: broken })).rejects.toThrow(/nonsense|Failed query/);
		expect((await schemaState(own)).pending).toBe(entries.length - 2);
		await migrate(own);
		expect((await schemaState(own)).kind).toBe('current');
	});

	test('R15 is refused by an older version, in words', async () => {
		const own = await earlier(entries.length);
		const wrong = migrate(own, { folder: migrationsTo(2) });
		await expect(wrong).rejects.toBeInstanceOf(MigrationError);
		await expect(migrate(own, { folder: migrationsTo(2) })).rejects.toThrow('of a newer version');
		expect((await schemaState(own)).kind).toBe('current');
	});

	/** The program's own command in a process, ended after some milliseconds if that is said. */
	function updating(killAfter?: number): Promise<{ code: number | null; output: string }> {
		const env = { ...process.env, DATABASE_URL: url };
		const child = spawn(process.execPath, ['src/cli/main.ts', 'migrate'], { cwd: root, env });
		let output = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			// It has begun: the backup is made within the lock.
			if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
		});
		return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
	}

	test('R15 that is killed is made by the next, and by one of two that start together', async () => {
		const before = await words(url);
		for (const killAfter of [0, 5]) await updating(killAfter);
		expect(await words(url)).toEqual(before);
		const both = await Promise.all([updating(), updating()]);
		expect(both.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual([0, 0]);
		expect(await words(url)).toEqual(before);
		expect((await schemaState(url)).kind).toBe('current');
		const rows = await statement(
			url,
			`select hash from ${dialect === 'postgres' ? 'drizzle.' : ''}__drizzle_migrations`
		);
		expect(rows).toHaveLength(entries.length);
		if (dialect === 'sqlite') expect(backupsBeside(url).length).toBeGreaterThan(0);
	});
});
