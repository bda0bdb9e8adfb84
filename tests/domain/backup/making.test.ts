import BetterSqlite from 'better-sqlite3';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { add, isDue, list } from '#lib/server/backup/folder.ts';
import { make } from '#lib/server/backup/make.ts';
import { nameAt } from '#lib/server/backup/names.ts';
import { sealOf } from '#lib/server/backup/seal.ts';
import { shift } from '#lib/server/clock.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { accounts } from '#lib/server/database/schema.ts';
import { examine } from '#lib/server/doctor/doctor.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { besides, dialect, ENDING, newPath, wordsIn } from './support.ts';

const HOUR_MS = 3600_000;
const onSqlite = test.runIf(dialect === 'sqlite');

let url: string;
let db: Database;
let room: Newsroom;

beforeAll(async () => {
	url = await testDatabaseUrl();
	db = await open(url);
	room = await newsroom(db);
	return () => db.close();
});

/** Posts until it is told to stop; gives the words of what was acknowledged, in order. */
function writing() {
	let going = true;
	const acknowledged: string[] = [];
	const done = (async () => {
		for (let number = 0; going; number++) {
			const words = `under load ${number} ${crypto.randomUUID()}`;
			await say(db, room.reader, room.article, words);
			acknowledged.push(words);
		}
	})();
	return { acknowledged, stop: () => ((going = false), done) };
}

test('R13 a backup holds everything that was acknowledged before it began', async () => {
	const load = writing();
	for (let round = 0; round < 3; round++) {
		await say(db, room.other, room.article, `before ${round}`);
		const before = [...load.acknowledged, `before ${round}`];
		const { file, holds, bytes } = await make(url, newPath(ENDING));
		const words = wordsIn(file);
		expect(before.filter((one) => !words.includes(one))).toEqual([]);
		expect(holds.comments).toBeGreaterThanOrEqual(before.length);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(statSync(file).size).toBe(bytes);
		expect(besides(file).filter((name) => name.startsWith('unfinished'))).toEqual([]);
	}
	await load.stop();
});

onSqlite('R13 a backup is one sound file that says itself whether it was changed', async () => {
	const { file } = await make(url, newPath('.db'));
	const connection = new BetterSqlite(file, { readonly: true });
	expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(connection.pragma('journal_mode', { simple: true })).toBe('delete');
	connection.close();
	expect(await sealOf(file)).toBe('whole');
	const bytes = readFileSync(file);
	for (const at of [20, 200, bytes.length >> 1, bytes.length - 1]) {
		bytes[at] ^= 1;
		writeFileSync(file, bytes);
		expect(await sealOf(file), `byte ${at}`).toBe('broken');
		bytes[at] ^= 1;
	}
	const packed = await make(url, newPath('.db.gz'));
	expect(packed.bytes).toBeLessThan(bytes.length);
});

onSqlite('R20 a damaged database is not backed up, and the last backup stays', async () => {
	const broken = newPath('.db');
	const { file } = await make(url, broken);
	const bytes = readFileSync(file);
	const pages = bytes.length / 4096;
	// The roots of tables and indexes stand near the front.
	for (let page = 2; page < Math.min(30, pages); page++)
		bytes.fill(0xa5, page * 4096, page * 4096 + 64);
	writeFileSync(broken, bytes);
	const target = newPath('.db');
	writeFileSync(target, 'yesterday');
	await expect(make(`file:${broken}`, target)).rejects.toThrow(/damaged|malformed/);
	expect(readFileSync(target, 'utf8')).toBe('yesterday');
	expect(besides(target).filter((name) => name.startsWith('unfinished'))).toEqual([]);
});

onSqlite.each(['', '-wal'])(
	'a backup does not overwrite the database itself (%s)',
	async (ending) => {
		const target = url.replace('file:', '') + ending;
		await expect(make(url, target)).rejects.toThrow('the database itself');
		expect(await db.write((tx) => tx.select().from(accounts).limit(1))).toHaveLength(1);
	}
);

describe('a directory of backups', () => {
	test('keeps the newest, and touches nothing that is none', async () => {
		const directory = newPath();
		mkdirSync(directory);
		const start = Date.now();
		const at = (hours: number) => nameAt(new Date(start - hours * HOUR_MS), ENDING);
		const old = [at(5), at(4), at(3), at(2)];
		const others = ['notes.txt', 'afterword.db', `x${at(9)}`, `before-update-20200101-000000.db`];
		for (const name of [...old, ...others, `unfinished-1-${at(6)}`]) {
			writeFileSync(join(directory, name), name);
		}
		symlinkSync(join(directory, 'notes.txt'), join(directory, at(8)));
		const made = await add(url, { directory, keep: 3 });
		expect(made?.removed).toEqual([at(4), at(5)]);
		const left = besides(join(directory, 'x')).filter((name) => name !== '.making');
		expect(left.sort()).toEqual([...old.slice(2), ...others, at(8), basename(made!.file)].sort());
		expect(statSync(directory).isDirectory()).toBe(true);
	});

	test('is written to by one at a time', async () => {
		const directory = newPath();
		const both = await Promise.all([add(url, { directory }), add(url, { directory })]);
		expect(both.filter((one) => one === null)).toHaveLength(1);
		expect(list(directory)).toHaveLength(1);
	});

	test('gets the next one when it is time', async () => {
		const directory = newPath();
		expect(isDue(directory, 24)).toBe(true);
		expect(await add(url, { directory, every: 24 })).not.toBeNull();
		expect(await add(url, { directory, every: 24 })).toBeNull();
		shift(24 * HOUR_MS);
		expect(await add(url, { directory, every: 24 })).not.toBeNull();
		shift(0);
		// What a wrong clock made in the future does not keep others from being made.
		const ahead = newPath();
		mkdirSync(ahead);
		writeFileSync(join(ahead, nameAt(new Date(Date.now() + 24 * HOUR_MS), ENDING)), '');
		expect(isDue(ahead, 24)).toBe(true);
	});

	test('is looked at by the doctor', async () => {
		const directory = newPath();
		const finding = async (more: NodeJS.ProcessEnv = {}) => {
			const env = { DATABASE_URL: url, BACKUP_DIR: directory, ...more };
			const all = await examine({ config: readConfig(env), db });
			return all.find(({ key }) => key === 'backups')!;
		};
		expect(await finding({ BACKUP_DIR: '' })).toMatchObject({ state: 'warning' });
		expect(await finding({ BACKUP_DIR: '', BACKUP_EVERY: '0' })).toMatchObject({ state: 'ok' });
		expect(await finding()).toMatchObject({
			state: 'warning',
			words: 'No backup has been made yet.'
		});
		await add(url, { directory });
		expect(await finding()).toMatchObject({ state: 'ok' });
		shift(50 * HOUR_MS);
		expect(await finding()).toMatchObject({
			state: 'wrong',
			words: 'The last backup is 2 days old.'
		});
		shift(0);
	});
});

test.each(['build', 'static', 'build/client/backups', './src/../static/x'])(
	'I13 backups do not go where files are served from: %s',
	(BACKUP_DIR) => {
		expect(() => readConfig({ BACKUP_DIR })).toThrow('BACKUP_DIR must not lie');
	}
);

test('I13 backups may go anywhere else', () => {
	const inside = dirname(newPath());
	for (const BACKUP_DIR of ['data/backups', inside, 'buildings']) {
		expect(readConfig({ BACKUP_DIR }).backups.directory).toContain(BACKUP_DIR);
	}
	const link = newPath();
	symlinkSync(join(process.cwd(), 'static'), link);
	expect(() => readConfig({ BACKUP_DIR: join(link, 'x') })).toThrow('BACKUP_DIR must not lie');
	expect(existsSync('data/backups')).toBe(false);
});
