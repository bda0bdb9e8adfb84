// `node tests/bench/capacity.ts`: what a page and a post cost in processor time, on SQLite and on PostgreSQL, for the
// capacity model of the guide on growing; and what it is worth that PostgreSQL tells what changes. Not among the
// figures that have goals: it depends on the machine.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { open } from '#lib/server/database/open.ts';
import { startCluster, type Cluster } from '../support/postgres.ts';
import { startSite, type Site } from '../support/server.ts';
import { article, discussion, prose } from './support/discussion.ts';
import { median } from './support/figure.ts';
import { measure, unkept, type Load } from './support/load.ts';
import { processorTime } from './support/program.ts';

process.env.RATE_LIMITS = 'off';
const READS = 300;
const POSTS = 600;
const KEPT_READS = 6000;
const ROUNDS = 3;
const EVENTS = 40;
const ARTICLES = 8;

let posted = 1_000_000;

/** Readers without an account, and comments by many to one discussion or spread over several. */
function loads(site: Site, slugs: string[], tokens: string[]): Record<string, Load> {
	const headers = { 'content-type': 'application/json' };
	const post = (to: string[]): Load => ({
		...{ url: site.url, connections: 16, amount: POSTS, method: 'POST', headers },
		vary: (request) => ({
			...request,
			path: `/api/v1/articles/${to[posted % to.length]}/comments`,
			headers: {
				...headers,
				authorization: `Bearer ${tokens[posted % tokens.length]}`,
				'idempotency-key': randomUUID()
			},
			body: JSON.stringify({ body: prose(posted++) })
		})
	});
	return {
		'page of 50': { url: `${site.url}/articles/${slugs[0]}`, connections: 8, amount: READS },
		'post, one discussion': post(slugs.slice(0, 1)),
		'post, eight discussions': post(slugs.slice(1))
	};
}

/** Processor time of all of a PostgreSQL's processes so far, in milliseconds, those that have ended too. */
async function serverTime(cluster: Cluster): Promise<() => number> {
	const client = new Client({ connectionString: cluster.url('postgres') });
	await client.connect();
	const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
	const fields = (pid: string | number) =>
		readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /, '')
			.split(' ')
			.map(Number);
	const parent = fields(rows[0].pid)[1];
	await client.end();
	return () => {
		const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
		const children = all.filter((pid) => {
			try {
				return fields(pid)[1] === parent;
			} catch {
				return false;
			}
		});
		const ended = fields(parent)[13] + fields(parent)[14];
		const timeOf = (pid: string) => {
			try {
				return processorTime(Number(pid));
			} catch {
				// It has just ended.
				return 0;
			}
		};
		return children.reduce((sum, pid) => sum + timeOf(pid), ended * 10);
	};
}

async function report(
	name: string,
	site: Site,
	all: [string[], string[]],
	database?: () => number
) {
	for (const [what, load] of Object.entries(loads(site, ...all))) {
		await measure(site.process.pid!, { ...load, amount: load.amount / 3 });
		const before = database?.() ?? 0;
		const { rate, cost } = await measure(site.process.pid!, load);
		const theirs = database ? (database() - before) / load.amount : 0;
		console.log(
			`${name}  ${what.padEnd(24)} ${rate.toFixed(0).padStart(5)}/s  ours ${cost.toFixed(2)} ms  database ${theirs.toFixed(2)} ms`
		);
	}
}

/** A page of a discussion that is in memory, and a kept one, as they are and as browsers take them. */
async function asTaken({ url, process }: Site, slug: string): Promise<void> {
	const plain = { url: `${url}/articles/${slug}`, connections: 8 };
	const asBrowsers = { ...plain, headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } };
	const all: Record<string, Load> = {
		'in memory': { ...plain, amount: READS, vary: unkept },
		'in memory, as browsers': { ...asBrowsers, amount: READS, vary: unkept },
		kept: { ...plain, amount: KEPT_READS },
		'kept, as browsers': { ...asBrowsers, amount: KEPT_READS }
	};
	const costs = new Map<string, number[]>();
	for (let round = 0; round <= ROUNDS; round++) {
		for (const [what, load] of Object.entries(all)) {
			const { cost } = await measure(process.pid!, load);
			// The first is to warm up.
			if (round > 0) costs.set(what, [...(costs.get(what) ?? []), cost]);
		}
	}
	for (const [what, found] of costs) {
		console.log(`sqlite    page, ${what.padEnd(24)} ours ${median(found).toFixed(3)} ms`);
	}
}

/** A page that is kept, by processes that hear of changes and by one that asks each time. */
async function kept(sites: Record<string, Site>, slug: string, database: () => number) {
	const costs: Record<string, number[][]> = {};
	for (let round = 0; round <= ROUNDS; round++) {
		for (const [name, { url, process }] of Object.entries(sites)) {
			for (const connections of [1, 8]) {
				const before = database();
				const load = { url: `${url}/articles/${slug}`, connections, amount: KEPT_READS };
				const { cost } = await measure(process.pid!, load);
				const what = `${name}, ${connections} at once`;
				// The first is to warm up.
				if (round > 0) (costs[what] ??= []).push([cost, (database() - before) / KEPT_READS]);
			}
		}
	}
	for (const [name, all] of Object.entries(costs)) {
		const [ours, theirs] = [0, 1].map((at) => median(all.map((one) => one[at])));
		console.log(
			`postgres  kept page, ${name.padEnd(24)}  ours ${ours.toFixed(3)} ms  database ${theirs.toFixed(3)} ms`
		);
	}
}

/** From the answer to a post at one process to the event at a reader of another one, in milliseconds. */
async function delays(
	writing: Site,
	reading: Site,
	slug: string,
	token: string
): Promise<number[]> {
	const stop = new AbortController();
	const { signal } = stop;
	const headers = { accept: 'text/event-stream' };
	const stream = await fetch(`${reading.url}/articles/${slug}/live`, { headers, signal });
	let heard = '';
	let wake = () => {};
	const reader = (async () => {
		for await (const chunk of stream.body!) {
			heard += new TextDecoder().decode(chunk);
			wake();
		}
	})().catch(() => {});
	const found: number[] = [];
	for (let n = 0; n < EVENTS; n++) {
		const answer = await fetch(`${writing.url}/api/v1/articles/${slug}/comments`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: JSON.stringify({ body: prose(posted++) })
		});
		const answeredAt = performance.now();
		const { id } = (await answer.json()) as { id: string };
		while (!heard.includes(id)) await new Promise<void>((resolve) => (wake = resolve));
		found.push(Math.max(0, performance.now() - answeredAt));
		// Not in step with any clock.
		await setTimeout(100 + Math.random() * 300);
	}
	stop.abort();
	await reader;
	return found.sort((one, other) => one - other);
}

/** Two processes at the same time. */
async function together(sites: Site[], all: [string[], string[]]): Promise<void> {
	for (const what of ['post, one discussion', 'post, eight discussions']) {
		const outcomes = await Promise.all(
			sites.map((site) => measure(site.process.pid!, loads(site, ...all)[what]))
		);
		const rate = outcomes.reduce((sum, one) => sum + one.rate, 0);
		console.log(`postgres, two processes  ${what.padEnd(24)} ${rate.toFixed(0)}/s`);
	}
}

/** What it costs those who post that the database tells what changes: two processes, by turns with it and without. */
async function telling(sites: Site[], all: [string[], string[]], database: string): Promise<void> {
	const client = new Client({ connectionString: database });
	await client.connect();
	const rates: Record<string, number[]> = { 'tells of changes': [], 'tells nothing': [] };
	for (let round = 0; round < ROUNDS; round++) {
		for (const [how, found] of Object.entries(rates)) {
			const verb = how === 'tells nothing' ? 'disable' : 'enable';
			for (const table of ['site', 'articles', 'accounts']) {
				await client.query(`alter table ${table} ${verb} trigger tell_of_revision`);
			}
			const outcomes = await Promise.all(
				sites.map((site) =>
					measure(site.process.pid!, loads(site, ...all)['post, eight discussions'])
				)
			);
			found.push(outcomes.reduce((sum, { rate }) => sum + rate, 0));
		}
	}
	for (const table of ['site', 'articles', 'accounts']) {
		await client.query(`alter table ${table} enable trigger tell_of_revision`);
	}
	await client.end();
	for (const [how, found] of Object.entries(rates)) {
		const all = found.map((rate) => rate.toFixed(0)).join(', ');
		console.log(`postgres, two processes, a database that ${how.padEnd(17)} ${all} posts/s`);
	}
}

const { url, slug } = await discussion(50);
const db = await open(url);
const slugs = [slug];
for (let n = 0; n < ARTICLES; n++) slugs.push(await article(db, `Article ${n}`));
await db.close();

const cluster = await startCluster({ durable: true });
await cluster.create('paper');
const to = cluster.url('paper');
// Whose pages are made anew each time.
const env = { RATE_LIMITS: 'off', PAGE_CACHE_MB: '0' };
const sqlite = await startSite({ databaseUrl: url, env });
const tokens: string[] = [];
// Not as many as discussions, so that each writes in all of them.
for (let n = 1; n <= 7; n++) {
	tokens.push((await sqlite.cli(['token', 'create', `Writer ${n}`])).stdout.trim());
}
const all: [string[], string[]] = [slugs, tokens];
await report('sqlite  ', sqlite, all);
const caching = await startSite({ databaseUrl: url, env: { RATE_LIMITS: 'off' } });
await asTaken(caching, slug);
await caching.stop();
const moved = await sqlite.cli(['move', '--to', to]);
if (moved.code !== 0) throw new Error(moved.stderr);
await sqlite.stop();
const sites = [
	await startSite({ databaseUrl: to, env }),
	await startSite({ databaseUrl: to, env: { RATE_LIMITS: 'off' } })
];
await report('postgres', sites[0], all, await serverTime(cluster));
await together(sites, all);
await telling(sites, all, to);
// As where a pooler lets nothing through.
const deaf = await startSite({
	databaseUrl: to,
	env: { RATE_LIMITS: 'off', DATABASE_LISTEN_URL: cluster.url('postgres') }
});
await kept({ hears: sites[1], asks: deaf }, slug, await serverTime(cluster));
for (const [name, reading] of Object.entries({ hears: sites[1], asks: deaf })) {
	const all = await delays(sites[0], reading, slug, tokens[0]);
	const [middle, most] = [median(all), all.at(-1)!].map((value) => value.toFixed(1));
	console.log(`postgres  event at a process that ${name}: ${middle} ms, ${most} ms at most`);
}
for (const site of [...sites, deaf]) await site.stop();
await cluster.stop();
