import { randomInt } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { BOTH, SQLITE, type Fault } from '../support/fault.ts';
import { kill, openForum, serve } from '../support/forum.ts';
import { check, compare, load, newLedger, settle, soFar, sound, told } from '../support/ledger.ts';
import { pathOf } from '../support/place.ts';

const FEWEST = 20;
const MOST = 200;
// What whoever waits for the site bears; and how much more a busy machine may make of an ordinary start.
const START_MS = 5_000;
const TIMES_AS_LONG = 3;

/** Starts a server. @returns it, and the milliseconds it took */
async function timedStart(url: string) {
	const start = performance.now();
	const site = await serve(url);
	return { site, ms: Math.round(performance.now() - start) };
}

/** The server is killed in a write load, and started again without anything else. */
export const killed: Fault = {
	item: 'R1',
	what: 'killed in a write load',
	on: BOTH,
	times: 30,
	async run(place, times) {
		const url = await place.newDatabase();
		const { tokens, site: first } = await openForum(url);
		await first.stop();
		const ordinary = await timedStart(url);
		let { site } = ordinary;
		const ledger = newLedger();
		const wrong: string[] = [];
		let longest = 0;
		for (let round = 1; round <= times; round++) {
			const writing = load(site, tokens, { ledger });
			await writing.acknowledged(randomInt(FEWEST, MOST));
			await kill(site);
			await writing.stop();
			await site.stop();
			const again = await timedStart(url);
			site = again.site;
			longest = Math.max(longest, again.ms);
			const found = [
				...(await settle(site, ledger)),
				...(await compare(url, ledger)),
				...(await sound(url))
			];
			wrong.push(...found.map((one) => `round ${round}: ${one}`));
		}
		wrong.push(...(await check(site, ledger)));
		if (longest > Math.max(START_MS, ordinary.ms * TIMES_AS_LONG)) {
			wrong.push(`a start took ${longest} ms, and an ordinary one ${ordinary.ms} ms`);
		}
		await site.stop();
		const counted = `${times} kills, ${told(ledger)}, longest start ${longest} ms (an ordinary one ${ordinary.ms} ms)`;
		return { counted, wrong };
	}
};

/** What is on the disk at any moment holds everything that was acknowledged before it. */
export const copied: Fault = {
	item: 'R2',
	what: 'the files as they are at a moment',
	on: SQLITE,
	times: 10,
	async run(place, times) {
		const url = await place.newDatabase();
		const { tokens, site: first } = await openForum(url);
		await first.stop();
		// A file that was there before: a new one is safe in any case.
		const site = await serve(url);
		const writing = load(site, tokens);
		const wrong: string[] = [];
		let held = 0;
		for (let round = 1; round <= times; round++) {
			await writing.acknowledged(randomInt(10, 150));
			const directory = join(place.directory, `moment-${round}`);
			mkdirSync(directory);
			site.process.kill('SIGSTOP');
			const before = soFar(writing.ledger);
			for (const ending of ['', '-wal']) {
				const from = pathOf(url) + ending;
				if (existsSync(from)) copyFileSync(from, join(directory, `afterword.db${ending}`));
			}
			site.process.kill('SIGCONT');
			const copy = `file:${join(directory, 'afterword.db')}`;
			wrong.push(...(await compare(copy, before)), ...(await sound(copy)));
			held += before.acknowledged.size;
		}
		await writing.stop();
		const [{ found }] = (
			JSON.parse((await site.cli(['doctor', '--json'])).stdout) as {
				found: { key: string; state: string }[];
			}
		).found
			.filter(({ key }) => key === 'durability')
			.map(({ state }) => ({ found: state }));
		if (found !== 'ok') wrong.push('synchronous is not FULL on a reopened file');
		await site.stop();
		return { counted: `${times} copies, ${held} acknowledged comments looked for`, wrong };
	}
};

/** A deploy: the server is asked to end, and another one started. */
export const deployed: Fault = {
	item: 'R3',
	what: 'asked to end in a write load',
	on: BOTH,
	times: 10,
	async run(place, times) {
		const url = await place.newDatabase();
		const { tokens, site: first } = await openForum(url);
		let site = first;
		const ledger = newLedger();
		const wrong: string[] = [];
		let largest = 0;
		for (let round = 1; round <= times; round++) {
			const writing = load(site, tokens, { ledger });
			await writing.acknowledged(randomInt(FEWEST, MOST));
			const gone = once(site.process, 'exit');
			site.process.kill('SIGTERM');
			const [code] = (await gone) as [number | null];
			await writing.stop();
			if (code !== 0) wrong.push(`round ${round}: ended with ${code}`);
			if (place.dialect === 'sqlite') {
				const log = statSync(`${pathOf(url)}-wal`, { throwIfNoEntry: false })?.size ?? 0;
				largest = Math.max(largest, log);
			}
			wrong.push(...(await compare(url, ledger)));
			await site.stop();
			site = await serve(url);
		}
		wrong.push(...(await check(site, ledger)));
		await site.stop();
		const log = place.dialect === 'sqlite' ? `, log left ${largest} bytes` : '';
		return { counted: `${times} ends, ${told(ledger)}${log}`, wrong };
	}
};
