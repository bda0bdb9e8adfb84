import { Client } from 'pg';
import { startCluster } from '../support/postgres.ts';
import { startSite } from '../support/server.ts';
import { member, newArticle, post } from './support/api.ts';
import { decide } from './support/live.ts';
import { expect, test } from './support/site.ts';
import type { Site } from './support/site.ts';

/** Two PostgreSQL servers and two of ours on a loaded machine (milliseconds). */
const PATIENCE = 240_000;
const READS = 200;

/** What anybody gets of an article's page. */
async function read(site: Site, slug: string): Promise<string> {
	const answer = await fetch(`${site.url}/articles/${slug}`);
	const text = await answer.text();
	expect(answer.status, text).toBe(200);
	return text;
}

test('guests and members of two processes read replicas, and never miss what was written', async () => {
	test.setTimeout(PATIENCE);
	const cluster = await startCluster();
	await cluster.create('paper');
	const databaseUrl = cluster.url('paper');
	const follower = await cluster.replica();
	const env = { DATABASE_REPLICA_URLS: follower.url('paper'), RATE_LIMITS: 'off' };
	// One that makes every page anew, and so reads for each; one that keeps what it made.
	const reading = await startSite({ databaseUrl, env: { ...env, PAGE_CACHE_MB: '0' } });
	const writing = await startSite({ databaseUrl, env });
	const editor = await member(writing, 'editor');
	const ann = await member(writing, 'reader');
	const slug = await newArticle(editor);

	const replica = new Client({ connectionString: follower.url('postgres') });
	await replica.connect();
	replica.on('error', () => {});
	const asked = `select 1 from pg_stat_activity where datname = 'paper' and query like '%"articles"%'`;
	const readsReplica = async () => {
		await read(reading, slug);
		return (await replica.query(asked)).rowCount ?? 0;
	};
	await expect.poll(readsReplica, { timeout: 60_000 }).toBeGreaterThan(0);

	for (let n = 0; n < 20; n++) {
		const { id } = await post(ann, slug, `Comment ${n}.`);
		expect(await read(reading, slug)).toContain(`c-${id}`);
		// The thread alone, by whoever was sent the link.
		expect((await fetch(`${reading.url}/c/${id}`)).status).toBe(200);
	}

	await follower.pause();
	const { id } = await post(ann, slug, 'While it sleeps.');
	for (const site of [reading, writing])
		expect(await read(site, slug)).toContain('While it sleeps.');
	const own = await ann.call('GET', `/articles/${slug}/comments`);
	expect(own.text).toContain('While it sleeps.');
	await decide(editor, id, 'remove');
	for (const site of [reading, writing]) {
		expect(await read(site, slug)).not.toContain('While it sleeps.');
	}
	await follower.resume();

	// Guests read on while it is killed, and afterwards.
	const reads = Array.from({ length: READS }, async (_, n) => {
		if (n === READS / 2) follower.process().kill('SIGQUIT');
		return read(n % 2 ? reading : writing, slug);
	});
	expect(new Set(await Promise.all(reads)).size).toBeGreaterThan(0);
	await follower.end();
	await post(ann, slug, 'Without it.');
	expect(await read(reading, slug)).toContain('Without it.');
	await follower.start();
	const again = new Client({ connectionString: follower.url('postgres') });
	await again.connect();
	await expect
		.poll(
			async () => {
				await read(reading, slug);
				return (await again.query(asked)).rowCount ?? 0;
			},
			{ timeout: 60_000 }
		)
		.toBeGreaterThan(0);
	await again.end();
	await replica.end().catch(() => {});
	await writing.stop();
	await reading.stop();
	await cluster.stop();
});
