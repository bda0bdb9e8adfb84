import BetterSqlite from 'better-sqlite3';
import { chmodSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { shift } from '#lib/server/clock.ts';
import { readConfig } from '#lib/server/config.ts';
import { dialect } from '#lib/server/database/columns.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { authenticators, mails } from '#lib/server/database/schema.ts';
import { pageChecksums } from '#lib/server/doctor/database.ts';
import { examine, worst, type RequestSeen } from '#lib/server/doctor/doctor.ts';
import { newId } from '#lib/server/ids.ts';
import { PROCESSES_MS, runCommand } from '../../support/command.ts';
import { startSmtp } from '../../support/smtp.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';

const HTTPS = 'https://talk.example.org';

let url: string;
let db: Database;
let room: Newsroom;

beforeAll(async () => {
	url = await testDatabaseUrl();
	db = await open(url);
	room = await newsroom(db);
	return () => db.close();
});

/** What is found with these settings, by check. */
async function found(environment: NodeJS.ProcessEnv = {}, request?: RequestSeen) {
	const config = readConfig({ DATABASE_URL: url, ...environment });
	const all = await examine({ config, db, request });
	return Object.fromEntries(all.map(({ key, state, words }) => [key, { state, words }]));
}

async function state(key: string, environment: NodeJS.ProcessEnv = {}, request?: RequestSeen) {
	return (await found(environment, request))[key]?.state;
}

test('a fresh site is sound', async () => {
	const all = await found();
	const faults = Object.entries(all).filter(([, finding]) => finding.state === 'wrong');
	// The PostgreSQL of the tests need not survive a power cut, and the doctor sees that.
	expect(faults.map(([key]) => key)).toEqual(dialect === 'postgres' ? ['durability'] : []);
	for (const key of ['schema', 'integrity', 'clock', 'node', 'disk']) {
		expect(all[key], key).toMatchObject({ state: 'ok' });
	}
	expect('database-role' in all).toBe(dialect === 'postgres');
	expect(all.hearing?.state).toBe(dialect === 'postgres' ? 'ok' : undefined);
});

test.runIf(dialect === 'postgres')('that PostgreSQL keeps checksums is seen', async () => {
	expect((await found()).integrity.words).toMatch(/keeps checksums of its pages/);
	expect(pageChecksums('on')).toMatchObject([{ state: 'ok' }]);
	expect(pageChecksums('off')).toMatchObject([{ state: 'warning' }]);
	expect(pageChecksums(null)).toMatchObject([{ state: 'ok' }]);
});

test.runIf(dialect === 'postgres')(
	'where what the database tells is not heard, that is said',
	async () => {
		const elsewhere = { DATABASE_LISTEN_URL: await testDatabaseUrl() };
		expect((await found(elsewhere)).hearing).toMatchObject({ state: 'warning' });
	}
);

test.each([
	['origin', 'ok', {}],
	['origin', 'ok', { ORIGIN: HTTPS, HOST: '0.0.0.0' }],
	['origin', 'ok', { ORIGIN: 'http://localhost:3000' }],
	['origin', 'wrong', { HOST: '0.0.0.0' }],
	['origin', 'wrong', { ORIGIN: 'http://talk.example.org' }],
	['proxies', 'ok', { ORIGIN: HTTPS, PROXY_DEPTH: '1' }],
	['proxies', 'wrong', { ORIGIN: HTTPS }],
	['proxies', 'warning', { ORIGIN: HTTPS, HOST: '::', PROXY_DEPTH: '1' }],
	['rate-limits', 'wrong', { RATE_LIMITS: 'off' }],
	['rate-limits', 'ok', {}],
	['mail', 'warning', {}],
	['mail', 'warning', { MAIL_URL: 'log:' }],
	['security-contact', 'warning', {}]
])('%s is %s with %j', async (key, expected, environment) => {
	expect(await state(key, environment)).toBe(expected);
});

test.each([
	['ok', {}, {}],
	['wrong', {}, { forwardedFor: '192.0.2.1' }],
	['ok', { PROXY_DEPTH: '1' }, { forwardedFor: '192.0.2.1' }],
	['ok', { PROXY_DEPTH: '1' }, { forwardedFor: '10.0.0.1, 192.0.2.1' }],
	['wrong', { PROXY_DEPTH: '2' }, { forwardedFor: '192.0.2.1' }],
	['wrong', { PROXY_DEPTH: '1' }, {}],
	['wrong', { ORIGIN: HTTPS }, { forwardedProto: 'http' }],
	['ok', { ORIGIN: HTTPS }, { forwardedProto: 'https' }],
	['warning', { ORIGIN: HTTPS }, { host: '10.0.0.7:3000' }]
])('a request is %s with %j and %j', async (expected, environment, seen) => {
	const host = 'talk.example.org';
	const request = { host, forwardedFor: null, forwardedProto: null, ...seen };
	expect(await state('request', environment, request)).toBe(expected);
});

test('a mail server is asked whether it takes mail, and its password is told to nobody', async () => {
	const server = await startSmtp();
	const MAIL_FROM = 'talk@example.org';
	const settings = { ORIGIN: HTTPS, MAIL_FROM };
	expect(await state('mail', { ...settings, MAIL_URL: server.url })).toBe('ok');
	await server.stop();
	const away = new URL(server.url);
	away.username = 'talk';
	away.password = 'hunter2hunter2';
	const all = await found({ ...settings, MAIL_URL: away.href });
	expect(all.mail.state).toBe('wrong');
	expect(JSON.stringify(all)).not.toContain('hunter2');
});

test('mail that was given up is told', async () => {
	expect(await state('lost-mail')).toBe('ok');
	const at = new Date();
	const row = { recipient: 'a@example.org', subject: '', text: '', html: '' };
	await db.write((tx) =>
		tx.insert(mails).values({ id: newId(), ...row, createdAt: at, nextAt: at, failedAt: at })
	);
	expect((await found())['lost-mail'].words).toContain('1 mail was given up');
});

test('staff without a second factor are counted', async () => {
	expect((await found()).staff.words).toContain('3 accounts of staff have no second factor');
	for (const { accountId } of [room.moderator, room.editor, room.admin]) {
		const row = { accountId, secret: 'JBSWY3DPEHPK3PXP', createdAt: new Date() };
		await db.write((tx) => tx.insert(authenticators).values({ ...row, confirmedAt: new Date() }));
	}
	expect(await state('staff')).toBe('ok');
});

test('a clock that went back is told by what is in the database', async () => {
	shift(-10 * 60 * 1000);
	expect(await state('clock')).toBe('wrong');
	shift(400 * 24 * 60 * 60 * 1000);
	expect((await found()).clock.state).not.toBe('ok');
	shift(0);
	expect(await state('clock')).toBe('ok');
});

describe.skipIf(inject('databases').dialect === 'postgres')('on SQLite', () => {
	/** A file with everything in it, in a directory of its own. */
	async function fileOf(): Promise<string> {
		const made = (await testDatabaseUrl()).replace('file:', '');
		const directory = join(dirname(made), newId());
		mkdirSync(directory, { mode: 0o700 });
		const path = join(directory, 'afterword.db');
		renameSync(made, path);
		chmodSync(path, 0o600);
		return path;
	}

	test('L4 files that others may open are wrong, all the more in a directory that is open too', async () => {
		const path = await fileOf();
		const environment = { DATABASE_URL: `file:${path}` };
		expect(await state('files', environment)).toBe('ok');
		chmodSync(path, 0o644);
		expect(await state('files', environment)).toBe('warning');
		chmodSync(dirname(path), 0o755);
		const all = await examine({ config: readConfig(environment), db });
		const states = all.filter(({ key }) => key === 'files').map((finding) => finding.state);
		expect(states).toEqual(['wrong', 'warning']);
	});

	test('L4 a file that we make is for its owner alone', async () => {
		const path = await fileOf();
		const fresh = await open(`file:${path}.new`);
		await fresh.close();
		expect(await state('files', { DATABASE_URL: `file:${path}.new` })).toBe('ok');
	});

	test('rows that refer to nothing are found', async () => {
		const path = await fileOf();
		const raw = new BetterSqlite(path);
		raw.pragma('foreign_keys = OFF');
		raw.exec("insert into api_tokens values ('a', 'b', 'nobody', 0)");
		raw.close();
		expect(await state('integrity', { DATABASE_URL: `file:${path}` })).toBe('wrong');
	});
});

test(
	'the command says the same, as JSON too, and its exit code whether something is wrong',
	async () => {
		const run = (env: NodeJS.ProcessEnv, ...args: string[]) =>
			runCommand(url, ['doctor', ...args], { env: { RATE_LIMITS: 'on', ...env } });
		const sound = await run({}, '--full', '--json');
		const said = JSON.parse(sound.stdout) as { state: string; found: { key: string }[] };
		const isWrong = dialect === 'postgres';
		expect([sound.code, said.state]).toEqual(isWrong ? [1, 'wrong'] : [0, 'warning']);
		expect(said.found.map(({ key }) => key)).toContain('integrity');
		const { code, stdout } = await run({ HOST: '0.0.0.0' });
		expect(code).toBe(1);
		expect(stdout).toContain('✗ Public address: Anybody may connect');
		const badly = await run({ PORT: 'x' });
		expect([badly.code, badly.stdout]).toEqual([1, expect.stringContaining('✗ Settings: PORT')]);
	},
	PROCESSES_MS
);

test('the worst counts', () => {
	const of = (...states: ('ok' | 'warning' | 'wrong')[]) =>
		worst(states.map((one) => ({ state: one })));
	expect([of(), of('ok'), of('ok', 'warning'), of('wrong', 'ok')]).toEqual([
		...['ok', 'ok', 'warning', 'wrong']
	]);
});
