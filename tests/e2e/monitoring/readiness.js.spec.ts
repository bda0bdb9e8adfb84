import BetterSqlite from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { startCluster } from '../../support/postgres.ts';
import { startSite } from '../../support/server.ts';
import { change, fileOf } from '../security/support/database.ts';
import { send, sendRaw } from '../security/support/http.ts';
import { expect, test } from '../support/site.ts';
import type { Site } from '../support/site.ts';

/** A PostgreSQL and a server on a loaded machine (milliseconds). */
const PATIENCE = 180_000;

/** What the site says of itself, in a line. */
async function said(site: Pick<Site, 'url'>): Promise<string> {
	const { status, text } = await send(site.url, '/readyz');
	return `${status} ${text.trim()}`;
}

/** Waits until the site says so. */
function says(site: Pick<Site, 'url'>, wanted: string | RegExp): Promise<void> {
	return expect.poll(() => said(site), { timeout: PATIENCE }).toMatch(wanted);
}

const READY = '200 ready';

test('whoever watches over the process is answered shortly, and told no secret', async ({
	site
}) => {
	for (const [path, words] of [
		['/healthz', 'alive\n'],
		['/readyz', 'ready\n']
	]) {
		const headers = { Cookie: 'session=x', Accept: 'text/html' };
		const answer = await send(site.url, path, { headers });
		expect([answer.status, answer.text]).toEqual([200, words]);
		expect(answer.headers).toMatchObject({
			'content-type': 'text/plain; charset=utf-8',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff'
		});
		expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
		expect(answer.headers['set-cookie']).toBeUndefined();
		const head = await send(site.url, path, { method: 'HEAD' });
		expect([head.status, head.text]).toEqual([200, '']);
		const post = await send(site.url, path, { method: 'POST', body: 'x' });
		expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
		// Some balancers ask in the old way, and name no host.
		const old = await sendRaw(site.url, `GET ${path} HTTP/1.0\r\n\r\n`);
		expect(old).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
	}
});

test('R21 a SQLite file that cannot be written is told of until it can be', async () => {
	test.setTimeout(PATIENCE);
	const site = await startSite();
	expect(await said(site)).toBe(READY);
	const limit = (soft: string) => {
		execFileSync('prlimit', [`--pid=${site.process.pid}`, `--fsize=${soft}:unlimited`]);
	};
	// As on a disk that is full: no file may grow.
	limit('0');
	await says(site, '503 not ready: write');
	expect((await send(site.url, '/healthz')).status).toBe(200);
	expect((await send(site.url, '/')).status, 'what can be read is read').toBe(200);
	limit('unlimited');
	await says(site, READY);

	const other = new BetterSqlite(fileOf(site));
	other.exec('BEGIN IMMEDIATE');
	await says(site, /^503 not ready: (slow|write)$/);
	expect((await send(site.url, '/readyz')).headers).toMatchObject({ 'retry-after': '5' });
	other.exec('ROLLBACK');
	other.close();
	await says(site, READY);

	// Another process has brought the database to the schema of a newer version.
	change(site, "insert into __drizzle_migrations (hash, created_at) values ('x', 9999999999999)");
	await says(site, '503 not ready: schema');
	change(site, "delete from __drizzle_migrations where hash = 'x'");
	await says(site, READY);
	const { stderr, code } = await site.stop();
	expect(code).toBe(0);
	const events = stderr.split('\n').filter((line) => line.includes('"event":"readiness"'));
	expect(events.map((line) => (JSON.parse(line) as { ready: boolean }).ready)).toEqual(
		Array.from({ length: 6 }, (_, n) => n % 2 === 1)
	);
});

test('R21 a PostgreSQL that takes no writes, or is gone, is told of', async () => {
	test.setTimeout(PATIENCE);
	const cluster = await startCluster();
	await cluster.create('paper');
	const site = await startSite({ databaseUrl: cluster.url('paper') });
	expect(await said(site)).toBe(READY);

	const admin = new Client({ connectionString: cluster.url('postgres') });
	await admin.connect();
	const set = async (value: 'on' | 'off') => {
		await admin.query(`alter database paper set default_transaction_read_only = ${value}`);
		await admin.query(
			"select pg_terminate_backend(pid) from pg_stat_activity where datname = 'paper'"
		);
	};
	// As after a failover that left this process with a standby.
	await set('on');
	await says(site, '503 not ready: write');
	await set('off');
	await says(site, READY);
	await admin.end();

	await cluster.stop();
	await says(site, /^503 not ready: (read|write)$/);
	expect((await send(site.url, '/healthz')).status).toBe(200);
	await site.stop();
});

test('asked to end, the server says so at once and still answers for as long as was set', async () => {
	const site = await startSite({ env: { DRAIN_SECONDS: '600' } });
	expect(await said(site)).toBe(READY);
	site.process.kill('SIGTERM');
	await says(site, '503 not ready: ending');
	const page = await send(site.url, '/');
	expect(page.status).toBe(200);
	expect(page.headers.connection, 'and keeps no connection').toBe('close');
	expect((await send(site.url, '/healthz')).status).toBe(200);
	// Whoever asks twice does not want to wait.
	const gone = once(site.process, 'exit');
	site.process.kill('SIGTERM');
	expect(await gone).toEqual([1, null]);
	await site.stop();
});
