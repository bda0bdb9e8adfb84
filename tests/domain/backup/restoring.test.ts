import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as tokens from '#lib/server/accounts/tokens.ts';
import * as links from '#lib/server/accounts/links/links.ts';
import { make } from '#lib/server/backup/make.ts';
import { restore } from '#lib/server/backup/restore.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { mails, oneTimeTokens, sessions } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as moments from '#lib/server/live/moment.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { told } from '../support/told.ts';
import { dialect, ENDING, newPath, newTarget, restorable, statement } from './support.ts';

const onSqlite = describe.runIf(dialect === 'sqlite');
const DAY_MS = 24 * 3600_000;

let url: string;
let db: Database;
let room: Newsroom;
let file: string;
let token: string;

/** Somebody is signed in, a link is on its way, and a mail waits. */
async function beginThings(): Promise<void> {
	const { accountId } = room.reader;
	const at = new Date();
	const expiresAt = new Date(at.getTime() + DAY_MS);
	const device = { handle: newId(), method: 'password' as const, device: '', address: null };
	await db.write(async (tx) => {
		await tx
			.insert(sessions)
			.values({ id: newId(), accountId, createdAt: at, expiresAt, ...device });
		await links.issue(tx, { kind: 'reset-password', accountId, minutes: 60 });
		const words = { subject: 'S', text: 'T', html: 'H', recipient: 'a@example.org' };
		await tx.insert(mails).values({ id: newId(), ...words, createdAt: at, nextAt: at });
	});
}

beforeAll(async () => {
	url = await testDatabaseUrl();
	db = await open(url);
	room = await newsroom(db);
	const first = await say(db, room.reader, room.article, 'The **pier** is ½ gone 🌊');
	await say(db, room.other, room.article, `> [x said,](/c/${first})\n> The pier\n\nIt is.`, first);
	await beginThings();
	token = await tokens.create(db, room.reader.name!);
	file = (await make(url, newPath(ENDING))).file;
	return () => db.close();
});

test('R14 a restored site is the one that was backed up', async () => {
	const target = await newTarget();
	const { holds, replaced, sealed } = await restore(target, file);
	expect(holds).toMatchObject({ comments: 2, articles: 1, accounts: 5 });
	expect([replaced, sealed]).toEqual([null, true]);
	expect(await restorable(target)).toEqual(await restorable(url));
	const restored = await open(target);
	await say(restored, room.reader, room.article, 'It goes on.');
	await restored.close();
	const [kind] = await statement(
		target,
		"select kind from security_events where kind = 'backup.restored'"
	);
	expect(kind).toEqual({ kind: 'backup.restored' });
});

test('R14 a page that was open when the site was restored is to be read again, and no other', async () => {
	const target = await newTarget();
	await restore(target, file);
	const shown = async (url: string, lines: string[]) => {
		const db = await open(url);
		for (const words of lines) await say(db, room.reader, room.article, words);
		const { moment } = await articles.read(db, guest(), room.article.slug);
		const again = await told(db, room.article.id, moment);
		await db.close();
		// A process that has just begun, and has not asked the database anything.
		const [one, other] = [await open(url), await open(url)];
		expect(again + (await told(one, room.article.id, moment))).not.toContain('event: reset');
		const view = await articles.read(other, guest(), room.article.slug);
		expect(view.moment).toBe(moment);
		await one.close();
		await other.close();
		return moment;
	};
	const [one, more] = [await shown(target, ['Lost.']), await shown(target, ['Lost as well.'])];
	// The database that was there gives way, or another one takes its place.
	const other = dialect === 'sqlite' ? target : await newTarget();
	await restore(other, file);
	// The same number again, with other words.
	const now = await shown(other, ['Said instead.']);
	expect(moments.read(now)?.revision).toBe(moments.read(one)?.revision);
	const restored = await open(other);
	for (const moment of [one, more]) {
		expect(await told(restored, room.article.id, moment)).toContain('event: reset');
	}
	await restored.close();
});

test('R14 nobody is signed in by a restore, no link works again, no mail goes out again', async () => {
	const target = await newTarget();
	await restore(target, file);
	const restored = await open(target);
	expect(await restored.read.$count(sessions)).toBe(0);
	expect(await restored.read.$count(oneTimeTokens)).toBe(0);
	const waiting = await restored.read.select().from(mails);
	expect(waiting.filter(({ failedAt, text }) => failedAt === null || text !== '')).toEqual([]);
	await restored.close();
});

test('R14 tokens of programs are those of the backup, those that were revoked since among them', async () => {
	const [listed] = await tokens.list(db);
	await tokens.revoke(db, listed.id);
	const target = await newTarget();
	await restore(target, file);
	const restored = await open(target);
	// An export holds no token, and on PostgreSQL a backup is one.
	const expected = dialect === 'sqlite' ? { id: room.reader.accountId } : null;
	const account = await tokens.read(restored, token);
	if (expected) expect(account).toMatchObject(expected);
	else expect([account, await tokens.list(restored)]).toEqual([null, []]);
	await restored.close();
});

test('R14 what was kept of pages from before counts as old', async () => {
	const target = await newTarget();
	await restore(target, file);
	const [before] = (await statement(url, 'select revision from site')) as { revision: number }[];
	const [after] = (await statement(target, 'select revision from site')) as { revision: number }[];
	expect(after.revision).toBeGreaterThan(before.revision + 1000);
});

test('R14 a site that is in use is not replaced', async () => {
	const used = await testDatabaseUrl();
	const serving = await open(used);
	const other = await newsroom(serving);
	await expect(restore(used, file)).rejects.toThrow(
		dialect === 'sqlite' ? 'The database is in use' : /in use|not empty/
	);
	await say(serving, other.reader, other.article, 'Still here.');
	await serving.close();
});

test('R14 what is no backup is refused', async () => {
	const target = await newTarget();
	const texts = { 'no backup': 'Some words', 'empty, or damaged': '' };
	for (const [words, text] of Object.entries(texts)) {
		const path = newPath('.db');
		writeFileSync(path, text);
		await expect(restore(target, path)).rejects.toThrow(words);
	}
	const other = newPath('.jsonl.gz');
	writeFileSync(other, gzipSync('{"type":"site","id":"1","name":"Another"}\n'));
	await expect(restore(target, other)).rejects.toThrow('no backup');
	const path = newPath('.gz');
	const packed = file.endsWith('.gz') ? readFileSync(file) : gzipSync(readFileSync(file));
	writeFileSync(path, packed.subarray(0, packed.length - 20));
	await expect(restore(target, path)).rejects.toThrow(/cut short|ends too early/);
	const flipped = Buffer.from(packed);
	flipped[packed.length >> 1] ^= 8;
	writeFileSync(path, flipped);
	await expect(restore(target, path)).rejects.toThrow(/damaged|line|no backup/i);
	// The target is as empty as it was.
	expect(await restore(target, file)).toMatchObject({ replaced: null });
});

describe.runIf(dialect === 'postgres')('on PostgreSQL', () => {
	test('R14 only an empty database is filled', async () => {
		const used = await testDatabaseUrl();
		const other = await open(used);
		await newsroom(other);
		await other.close();
		const before = await restorable(used);
		await expect(restore(used, file)).rejects.toThrow('The database is not empty');
		expect(await restorable(used)).toEqual(before);
	});

	test('R14 an export that is not packed could end anywhere, and is refused', async () => {
		const plain = newPath('.jsonl');
		writeFileSync(plain, gunzipSync(readFileSync(file)));
		await expect(restore(await newTarget(), plain)).rejects.toThrow('not a backup');
	});
});

onSqlite('on SQLite', () => {
	/** A site that is to be replaced. */
	async function older() {
		const target = await testDatabaseUrl();
		const other = await open(target);
		const { article, reader } = await newsroom(other);
		await say(other, reader, article, 'From before.');
		await other.close();
		return target;
	}

	test('R14 the old database is kept, and nothing of it is beside the new one', async () => {
		const target = await older();
		const path = target.replace('file:', '');
		const before = await restorable(target);
		// As a server that was killed leaves it.
		const killed = new BetterSqlite(path);
		killed.pragma('wal_autocheckpoint = 0');
		killed.exec("update articles set title = 'Only in the log'");
		const log = readFileSync(`${path}-wal`);
		const main = readFileSync(path);
		killed.close();
		writeFileSync(path, main);
		writeFileSync(`${path}-wal`, log);
		const { replaced } = await restore(target, file);
		expect(existsSync(`${path}-wal`)).toBe(false);
		expect(await restorable(target)).toEqual(await restorable(url));
		const kept = await restorable(`file:${replaced}`);
		expect(kept.articles).toMatchObject([{ title: 'Only in the log' }]);
		expect(kept.comments).toEqual(before.comments);
	});

	test('R14 files that are changed, cut, foreign or newer are refused, and the old stays', async () => {
		const target = await older();
		const before = await restorable(target);
		const whole = readFileSync(file);
		const path = newPath('.db');
		const refused = async (words: RegExp, bytes: Buffer) => {
			writeFileSync(path, bytes);
			await expect(restore(target, path)).rejects.toThrow(words);
		};
		for (const at of [25, 5_000, whole.length - 5]) {
			const bytes = Buffer.from(whole);
			bytes[at] ^= 0x10;
			await refused(/not as it was made/, bytes);
		}
		await refused(/cut short/, whole.subarray(0, whole.length - 4096));
		await refused(/cut short/, whole.subarray(0, 60));
		const altered = (change: (connection: BetterSqlite.Database) => void) => {
			writeFileSync(path, whole);
			const connection = new BetterSqlite(path);
			connection.exec('pragma application_id = 0; pragma user_version = 0');
			change(connection);
			connection.close();
			return readFileSync(path);
		};
		const newer =
			"insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999)";
		await refused(
			/newer version/,
			altered((it) => it.exec(newer))
		);
		await refused(
			/not of Afterword/,
			altered((it) => it.exec('drop table site'))
		);
		const orphan = 'pragma foreign_keys = off; delete from articles';
		await refused(
			/not there/,
			altered((it) => it.exec(orphan))
		);
		const damaged = Buffer.from(altered(() => {}));
		damaged.fill(0xa5, 3 * 4096, 3 * 4096 + 64);
		await refused(/damaged/, damaged);
		expect(await restorable(target)).toEqual(before);
		const prefix = basename(target.replace('file:', ''));
		const beside = readdirSync(dirname(target.replace('file:', '')));
		expect(beside.filter((name) => name.startsWith(`${prefix}.`))).toEqual([]);
	});

	test('R14 a copy without a seal is taken when it is sound, and that is said', async () => {
		const path = newPath('.db');
		writeFileSync(path, readFileSync(file));
		const connection = new BetterSqlite(path);
		connection.exec('pragma application_id = 0; pragma user_version = 0');
		connection.close();
		expect(await restore(await newTarget(), path)).toMatchObject({ sealed: false });
	});

	test('R14 a database that nothing can open any more is replaced too', async () => {
		const target = await older();
		const path = target.replace('file:', '');
		const bytes = readFileSync(path);
		bytes.fill(0, 0, 64);
		writeFileSync(path, bytes);
		const { replaced } = await restore(target, file);
		expect(await restorable(target)).toEqual(await restorable(url));
		expect(readFileSync(replaced!)).toEqual(bytes);
	});

	test('R14 a packed backup is restored as well', async () => {
		const packed = await make(url, newPath('.db.gz'));
		const target = await newTarget();
		await restore(target, packed.file);
		expect(await restorable(target)).toEqual(await restorable(url));
	});

	test('whoever opens the database while it is replaced opens the new one', async () => {
		const target = await older();
		for (let round = 0; round < 3; round++) {
			const [, opened] = await Promise.all([
				restore(target, file).catch(String),
				new Promise((resolve) => setImmediate(resolve)).then(() => open(target))
			]);
			await say(opened, room.reader, room.article, `round ${round}`).catch(String);
			const there = JSON.stringify(await statement(target, 'select body from comments'));
			const isNew = there.includes('pier');
			expect(there.includes(`round ${round}`)).toBe(isNew);
			await opened.close();
		}
	});
});
