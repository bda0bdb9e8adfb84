import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSite } from '../support/server.ts';
import { query } from './security/support/database.ts';
import { send, tokensOf, writeUntilGone } from './support/load.ts';
import { cast as newCast, importRows } from './support/paper.ts';
import { command, expect, test } from './support/site.ts';
import type { Site } from './support/site.ts';

/** Starts of a server, commands and some thousand posts on a loaded machine (milliseconds). */
const PATIENCE = 300_000;
const KILLS = 5;
const WRITERS = 8;
/** How many comments are acknowledged before the server is killed: never the same number. */
const [FEWEST, MOST] = [20, 120];
const SLUG = 'the-ferry';

/** Kills a server as a power cut would: nothing is closed, nobody is told. */
async function kill({ process: server }: Site): Promise<void> {
	const gone = once(server, 'exit');
	server.kill('SIGKILL');
	await gone;
}

/** What a database holds, and what SQLite itself says of it. */
async function inspect(databaseUrl: string) {
	const rows = query<{ id: string; marker: string }>(
		{ databaseUrl },
		"select id, body ->> '$[0].text' as marker from comments order by id"
	);
	const [{ kept, counted }] = query<{ kept: number; counted: number }>(
		{ databaseUrl },
		'select comment_count as kept, (select count(*) from comments) as counted from articles'
	);
	const pragma = (name: string) =>
		query<Record<string, unknown>>({ databaseUrl }, `pragma ${name}`);
	return {
		...{ rows, kept, counted },
		integrity: pragma('integrity_check'),
		foreignKeys: pragma('foreign_key_check')
	};
}

test('R1 a server that is killed again and again under load loses and doubles no comment', async () => {
	test.setTimeout(PATIENCE);
	const directory = await mkdtemp(join(tmpdir(), 'afterword-durability-'));
	const databaseUrl = `file:${join(directory, 'afterword.db')}`;
	const start = () => startSite({ databaseUrl, env: { RATE_LIMITS: 'off' } });
	let site = await start();
	const { cast, rows } = newCast();
	await importRows(site, [
		...rows,
		{ type: 'article', id: SLUG, title: 'The ferry', body: 'Late.' }
	]);
	const tokens = await tokensOf(site, [cast.ann, cast.bob]);
	/** Ids by marker, of everything that was ever acknowledged. */
	const expected = new Map<string, string>();
	for (let round = 1; round <= KILLS; round++) {
		const killAt = randomInt(FEWEST, MOST + 1);
		let killed: Promise<void> | undefined;
		const writers = Array.from({ length: WRITERS }, (_, index) => {
			return { name: `r${round}w${index}`, token: tokens[index % tokens.length] };
		});
		const { acknowledged, unknown } = await writeUntilGone(site, SLUG, writers, (count) => {
			if (count >= killAt) killed ??= kill(site);
		});
		await killed;
		await site.stop();
		expect(acknowledged.size, 'the server was killed under load').toBeGreaterThanOrEqual(killAt);
		expect(unknown).toHaveLength(WRITERS);

		site = await start();
		for (const [marker, id] of acknowledged) expected.set(marker, id);
		// Whoever heard nothing tries again under the same key, and then once more.
		for (const sent of unknown) expected.set(sent.marker, await send(site, SLUG, sent));
		for (const sent of unknown) {
			expect(await send(site, SLUG, sent)).toBe(expected.get(sent.marker));
		}
		const { rows, kept, counted, integrity, foreignKeys } = await inspect(databaseUrl);
		const found = rows.map(({ id, marker }) => [marker, id]);
		expect(found.toSorted(), `round ${round}, killed at ${killAt}`).toEqual(
			[...expected].toSorted()
		);
		expect(kept).toBe(counted);
		expect(integrity).toEqual([{ integrity_check: 'ok' }]);
		expect(foreignKeys).toEqual([]);
	}
	const recounted = JSON.parse(await command(site, ['recount', '--json'])) as { wrong: number };
	expect(recounted).toMatchObject({ wrong: 0 });
	expect(expected.size).toBeGreaterThan(KILLS * FEWEST);
	const { code } = await site.stop();
	expect(code).toBe(0);
	await rm(directory, { recursive: true });
});
