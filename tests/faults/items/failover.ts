import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { standBetween, type Between } from '../../domain/database/support/between.ts';
import { startCluster, type Cluster, type Follower } from '../../support/postgres.ts';
import type { Site } from '../../support/server.ts';
import { POSTGRES, type Fault, type Outcome } from '../support/fault.ts';
import { furnish, hear, page, serve, shownMoment, watch } from '../support/forum.ts';
import {
	compare,
	counted,
	load,
	newLedger,
	settle,
	soFar,
	told,
	write
} from '../support/ledger.ts';
import { ask, marker } from '../support/place.ts';

const DATABASE = 'paper';
// Nobody takes writes meanwhile, as until somebody or something has noticed.
const UNNOTICED_MS = 2_000;
const BACK_MS = 10_000;
const MORE = 50;
const END_CONNECTIONS = `select pg_terminate_backend(pid) from pg_stat_activity
	where datname = current_database() and pid <> pg_backend_pid()`;
// The replica has all that it was sent.
const HAS_COME = `select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), replay_lsn) as behind from pg_stat_replication`;

type Ledger = ReturnType<typeof newLedger>;

/** Two servers of PostgreSQL, and two of ours that know both. */
interface Pair {
	cluster: Cluster;
	follower: Follower;
	way: Between;
	/** The database at the server that is promoted. */
	promoted: string;
	sites: Site[];
	tokens: string[];
	end(): Promise<void>;
}

async function openPair(waits: boolean): Promise<Pair> {
	const cluster = await startCluster();
	await cluster.create(DATABASE);
	const way = await standBetween(cluster.url(DATABASE));
	const follower = await cluster.replica(Number(new URL(way.url).port));
	if (waits) await cluster.waitForReplica();
	const url = cluster.either(follower, DATABASE);
	const promoted = follower.url(DATABASE);
	const env = { DATABASE_REPLICA_URLS: `${cluster.url(DATABASE)},${promoted}` };
	const sites = [await serve(url, { env }), await serve(url, { env })];
	const tokens = await furnish(sites[0]);
	return {
		...{ cluster, follower, way, promoted, sites, tokens },
		async end() {
			for (const site of sites) await site.stop();
			way.close();
			await cluster.stop();
		}
	};
}

/** The replica has everything by now. */
async function level({ cluster }: Pair): Promise<void> {
	for (;;) {
		const [row] = await ask<{ behind: string }>(cluster.url(DATABASE), HAS_COME);
		if (row !== undefined && Number(row.behind) <= 0) return;
		await setTimeout(20);
	}
}

/** Waits until both sites take a comment. @returns after how long */
async function back({ sites, tokens }: Pair, ledger: Ledger): Promise<number> {
	const start = performance.now();
	for (const site of sites) {
		while (performance.now() - start < 6 * BACK_MS) {
			if ((await write(site, ledger, { marker: marker(), token: tokens[0] })) !== null) break;
			await setTimeout(100);
		}
	}
	return performance.now() - start;
}

/** What guests are shown against what is there. @returns what was wrong */
async function compareShown({ sites, promoted }: Pair, ledger: Ledger): Promise<string[]> {
	const rows = await ask<{ body: unknown }>(promoted, 'select body from comments');
	const there = JSON.stringify(rows);
	const wrong: string[] = [];
	for (const site of sites) {
		const { status, text } = await page(site);
		if (status !== 200) wrong.push(`reading answered ${status}`);
		const shown = [...ledger.attempted].filter((sent) => text.includes(sent));
		if (shown.length === 0) wrong.push('nothing is shown');
		for (const sent of shown)
			if (!there.includes(sent)) wrong.push(`shown, and not there: ${sent}`);
	}
	return wrong;
}

/** Whether a page of before, which comes back to either site, is told to be read again. @returns what was wrong */
async function compareTold({ sites }: Pair, moment: string): Promise<string[]> {
	const texts = await Promise.all(sites.map((site) => hear(site, moment, /event: reset/)));
	return texts.every((text) => text.includes('event: reset'))
		? []
		: ['a page of before the failover was not told'];
}

/** Whether a page that one site made goes on at the other. @returns what was wrong */
async function compareMoments({ sites, tokens }: Pair, ledger: Ledger): Promise<string[]> {
	const moment = await shownMoment(sites[0]);
	const told = hear(sites[1], moment, /event: (?:comments|reset)/);
	await write(sites[0], ledger, { marker: marker(), token: tokens[0] });
	return (await told).includes('event: comments')
		? []
		: ['a page of after the failover did not go on at the other process'];
}

/** Begins again on both sites, and writes on. */
async function goOn({ sites, tokens }: Pair, ledger: Ledger): Promise<void> {
	const writing = sites.map((site) => load(site, tokens, { ledger, writers: 4 }));
	await writing[0].acknowledged(MORE);
	for (const one of writing) await one.stop();
}

interface Round {
	wrong: string[];
	/** Acknowledged, and not there afterwards. */
	lost: number;
	backMs: number;
	/** The longest that a guest waited. */
	readMs: number;
	/** Guests who were asked to come again. */
	refused: number;
	ledger: Ledger;
}

/** How the primary is lost, and how much of it the replica has. */
interface How {
	/** Whether every commit waits for the replica; otherwise that is cut off some time before. */
	waits: boolean;
	/** Whether the primary stands still and comes back by itself, as when it is cut off; otherwise it ends. */
	hangs: boolean;
}

async function failOver({ waits, hangs }: How): Promise<Round> {
	const pair = await openPair(waits);
	const { cluster, follower, sites, tokens, promoted, way } = pair;
	const ledger = newLedger();
	const writing = load(sites[0], tokens, { ledger });
	const reading = sites.map((site) => watch(site));
	await writing.acknowledged(randomInt(20, 100));
	let safe = ledger;
	if (!waits) {
		await writing.stop();
		await level(pair);
		safe = soFar(ledger);
		way.freeze();
		await goOn(pair, ledger);
	}
	const moment = await shownMoment(sites[0]);
	const goOnThere = hangs ? cluster.halt() : null;
	if (!hangs) await cluster.kill();
	await setTimeout(UNNOTICED_MS);
	await follower.promote();
	const returned = compareTold(pair, moment);
	const backMs = await back(pair, ledger);
	await writing.stop();
	await goOn(pair, ledger);
	for (const one of reading) await one.stop();
	const wrong = [...(await returned), ...(await compareShown(pair, ledger))];
	wrong.push(...(await compareMoments(pair, ledger)));

	// The one that was given up comes back, as a supervisor would have it, and takes writes too.
	if (goOnThere) goOnThere();
	else await cluster.start();
	await ask(promoted, END_CONNECTIONS);
	await back(pair, ledger);
	await goOn(pair, ledger);
	// What is an answer to something lost cannot be sent again.
	const ids = new Set(
		(await ask<{ id: string }>(promoted, 'select id from comments')).map(({ id }) => id)
	);
	ledger.unknown = ledger.unknown.filter(({ parent }) => parent === undefined || ids.has(parent));
	wrong.push(...(await settle(sites[0], ledger)));
	const all = await compare(promoted, ledger);
	const lost = all.filter((one) => one.startsWith('lost'));
	wrong.push(...all.filter((one) => !one.startsWith('lost')), ...(await counted(sites[1])));
	wrong.push(...(await compare(promoted, { ...safe, attempted: ledger.attempted })));
	wrong.push(...(await compareShown(pair, ledger)));

	const others = [...ledger.refused.keys(), ...reading.flatMap((one) => one.others)];
	const odd = others.filter((status) => status !== 503);
	if (odd.length > 0) wrong.push(`answered ${[...new Set(odd)].join(', ')}`);
	if (backMs > BACK_MS) wrong.push(`it took ${Math.round(backMs)} ms to write again`);
	await pair.end();
	const readMs = Math.max(...reading.flatMap(({ times }) => times));
	if (readMs > BACK_MS) wrong.push(`reading waited ${Math.round(readMs)} ms`);
	const comments = lost.filter((one) => one.startsWith('lost: ')).length;
	const refused = reading.flatMap((one) => one.others).length;
	return { wrong: [...new Set(wrong)], lost: comments, backMs, readMs, refused, ledger };
}

async function failOverAgain(how: How, times: number): Promise<Outcome> {
	const wrong: string[] = [];
	const words: string[] = [];
	let lost = 0;
	for (let round = 1; round <= times; round++) {
		const one = await failOver(how);
		wrong.push(...one.wrong.map((what) => `round ${round}: ${what}`));
		lost += one.lost;
		const [backMs, readMs] = [one.backMs, one.readMs].map(Math.round);
		const reading = `reading refused ${one.refused} × and took ${readMs} ms at most`;
		words.push(`${told(one.ledger)}, back ${backMs} ms after, ${reading}`);
	}
	if (!how.waits && lost === 0) wrong.push('nothing was lost, so that nothing was shown');
	return { counted: `${times} times, ${lost} lost: ${words.join('; ')}`, wrong };
}

/** The primary ends for good; a replica that every commit has waited for takes over. */
export const failedOver: Fault = {
	item: 'R11f',
	what: 'a failover to a replica that commits wait for',
	on: POSTGRES,
	times: 3,
	run: (_place, times) => failOverAgain({ waits: true, hangs: false }, times)
};

/** The same with a replica that was cut off before: what it did not get is lost, and nothing else, and nobody is shown it. */
export const failedOverBehind: Fault = {
	item: 'R11f',
	what: 'a failover to a replica that is behind',
	on: POSTGRES,
	times: 3,
	run: (_place, times) => failOverAgain({ waits: false, hangs: false }, times)
};

/** The primary hangs, or nobody reaches it any more; the replica takes over, and then the other one is back. */
export const failedOverHanging: Fault = {
	item: 'R11f',
	what: 'a failover away from a primary that hangs, and comes back',
	on: POSTGRES,
	times: 3,
	run: (_place, times) => failOverAgain({ waits: true, hangs: true }, times)
};
