import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startCluster } from '../support/postgres.ts';
import { root, startSite } from '../support/server.ts';
import { client } from './support/api.ts';
import { send, tokensOf, type Sent } from './support/load.ts';
import { cast as newCast, importRows } from './support/paper.ts';
import { command, expect, test } from './support/site.ts';
import type { Site } from './support/site.ts';

/** Three servers, a PostgreSQL and two moves on a loaded machine (milliseconds). */
const PATIENCE = 300_000;
const WRITERS = 4;
const SLUG = 'the-ferry';

interface Written {
	/** Ids of the comments that the server said it has, by their words. */
	acknowledged: Map<string, string>;
	/** What it refused, which its writers still have. */
	refused: Sent[];
	retryAfter: (string | null)[];
}

/** Several people write, each a comment after the other, until they are told that nothing can be saved. */
async function writeUntilRefused(site: Site, tokens: string[]): Promise<Written> {
	const written: Written = { acknowledged: new Map(), refused: [], retryAfter: [] };
	const write = async (token: string) => {
		const author = client(site, 'writer', { authorization: `Bearer ${token}` });
		for (;;) {
			const marker = `moving-${crypto.randomUUID()}`;
			const answer = await author.call('POST', `/articles/${SLUG}/comments`, {
				json: { body: marker },
				headers: { 'idempotency-key': marker }
			});
			if (answer.status === 201) {
				written.acknowledged.set(marker, (JSON.parse(answer.text) as { id: string }).id);
				continue;
			}
			expect(answer.status, answer.text).toBe(503);
			written.refused.push({ marker, token });
			written.retryAfter.push(answer.headers.get('retry-after'));
			return;
		}
	};
	await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(tokens[n % tokens.length])));
	return written;
}

/** Begins a move and ends it as a power cut would, while rows arrive. */
async function breakOff(databaseUrl: string, to: string, admin: Client): Promise<void> {
	const mover = spawn(process.execPath, ['src/cli/main.ts', 'move', '--to', to], {
		cwd: root,
		env: { ...process.env, DATABASE_URL: databaseUrl }
	});
	const gone = once(mover, 'exit');
	const locked = `select 1 from pg_locks where mode = 'AccessExclusiveLock' and relation = to_regclass('comments')`;
	await expect.poll(async () => (await admin.query(locked)).rowCount, { intervals: [20] }).toBe(1);
	mover.kill('SIGKILL');
	expect(await gone).toEqual([null, 'SIGKILL']);
}

test('R16 a running site moves to PostgreSQL with every comment, and is in one place at a time', async () => {
	test.setTimeout(PATIENCE);
	const directory = await mkdtemp(join(tmpdir(), 'afterword-moving-'));
	const databaseUrl = `file:${join(directory, 'afterword.db')}`;
	const env = { RATE_LIMITS: 'off' };
	const old = await startSite({ databaseUrl, env });
	const { cast, rows } = newCast();
	await importRows(old, [
		...rows,
		{ type: 'article', id: SLUG, title: 'The ferry', body: 'Late.' }
	]);
	const tokens = await tokensOf(old, [cast.ann, cast.bob]);
	const cluster = await startCluster();
	await cluster.create('paper');
	const to = cluster.url('paper');
	const admin = new Client({ connectionString: to });
	await admin.connect();

	await breakOff(databaseUrl, to, admin);
	const marker = `between-${crypto.randomUUID()}`;
	const between = await send(old, SLUG, { marker, token: tokens[0] });
	await expect(startSite({ databaseUrl: to })).rejects.toThrow('broken off');

	const writing = writeUntilRefused(old, tokens);
	const printed = await command(old, ['move', '--to', to]);
	expect(printed).toContain(`DATABASE_URL=${to}`);
	expect(printed).toMatch(/Writes waited for \d+\.\d seconds\./);
	const { acknowledged, refused, retryAfter } = await writing;
	expect(acknowledged.size).toBeGreaterThan(WRITERS);
	expect(refused).toHaveLength(WRITERS);
	expect(retryAfter).toEqual(Array(WRITERS).fill('5'));
	expect((await fetch(`${old.url}/articles/${SLUG}`)).status).toBe(200);
	await old.stop();
	expect(old.output()).toContain('database.moved');
	await expect(startSite({ databaseUrl })).rejects.toThrow('moved to postgres://');

	const site = await startSite({ databaseUrl: to, env });
	const expected = new Map([[marker, between], ...acknowledged]);
	for (const sent of refused) expected.set(sent.marker, await send(site, SLUG, sent));
	// Whoever did not hear the answer asks again, here as there.
	expect(await send(site, SLUG, { marker, token: tokens[0] })).toBe(between);
	const found = await admin.query<{ id: string; marker: string }>(
		"select id, body -> 0 ->> 'text' as marker from comments"
	);
	expect(found.rows.map(({ marker, id }) => [marker, id]).toSorted()).toEqual(
		[...expected].toSorted()
	);
	expect(JSON.parse(await command(site, ['recount', '--json']))).toMatchObject({ wrong: 0 });
	await site.stop();
	await admin.end();
	await cluster.stop();
	await rm(directory, { recursive: true });
});
