import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import { Client } from 'pg';
import { POSTGRES, type Fault } from '../support/fault.ts';
import { openForum, page, serve } from '../support/forum.ts';
import { check, load, newLedger, told, write } from '../support/ledger.ts';
import { ask, marker } from '../support/place.ts';

const BACK_MS = 10_000;
const DELAY_MS = 2_000;
const SLOW_FOR_MS = 15_000;
const FULL_FOR_MS = 3_000;
const END_OTHERS = `select pg_terminate_backend(pid) from pg_stat_activity
	where datname = current_database() and pid <> pg_backend_pid()`;

/** Waits until a comment is taken again. @returns after how long */
async function back(url: string, token: string, ledger: ReturnType<typeof newLedger>) {
	const start = performance.now();
	const site = { url };
	while (performance.now() - start < 6 * BACK_MS) {
		if ((await write(site, ledger, { marker: marker(), token })) !== null) break;
		await setTimeout(100);
	}
	return performance.now() - start;
}

/** Takes every connection that PostgreSQL has. @returns how to give them back */
async function exhaust(url: string): Promise<() => Promise<void>> {
	const strangers: Client[] = [];
	const more = async () => {
		for (;;) {
			const stranger = new Client({ connectionString: url, application_name: 'stranger' });
			stranger.on('error', () => {});
			try {
				await stranger.connect();
			} catch {
				return;
			}
			strangers.push(stranger);
		}
	};
	await more();
	// What the site has left is taken from it as well, and by us: it may be quicker once or twice.
	for (let round = 0; round < 3; round++) {
		await strangers[0].query(`${END_OTHERS} and application_name <> 'stranger'`);
		await more();
	}
	return async () => {
		await Promise.all(strangers.map((stranger) => stranger.end()));
	};
}

/** PostgreSQL crashes and comes back; ends every connection; or has none left for a while. */
export const restarted: Fault = {
	item: 'R11',
	what: 'PostgreSQL crashes, ends every connection, or has none left',
	on: POSTGRES,
	times: 10,
	async run(place, times) {
		const url = await place.newDatabase();
		const { site, tokens } = await openForum(url);
		const ledger = newLedger();
		const wrong: string[] = [];
		let longest = 0;
		for (let round = 1; round <= times; round++) {
			const writing = load(site, tokens, { ledger });
			await writing.acknowledged(randomInt(20, 100));
			if (round % 3 === 1) await place.cluster!.crash();
			else if (round % 3 === 2) await ask(url, END_OTHERS);
			else {
				const release = await exhaust(url);
				const { ms } = await page(site);
				if (ms > BACK_MS) wrong.push(`round ${round}: reading waited ${Math.round(ms)} ms`);
				await setTimeout(FULL_FOR_MS);
				await release();
			}
			longest = Math.max(longest, await back(site.url, tokens[0], ledger));
			await writing.stop();
			const { status } = await page(site);
			if (status !== 200) wrong.push(`round ${round}: reading answered ${status}`);
		}
		if (longest > BACK_MS) wrong.push(`it took ${Math.round(longest)} ms to write again`);
		const others = [...ledger.refused.keys()].filter((status) => status !== 503);
		if (others.length > 0) wrong.push(`refused with ${others.join(', ')}`);
		wrong.push(...(await check(site, ledger)));
		await site.stop();
		return {
			counted: `${times} times, ${told(ledger)}, back after ${Math.round(longest)} ms`,
			wrong
		};
	}
};

/** A way to a server that can be made slow. */
async function slowWay(port: number) {
	let delay = 0;
	const sockets = new Set<Socket>();
	const carry = (from: Socket, to: Socket) => {
		let turn = Promise.resolve();
		from.on('data', (bytes) => {
			turn = turn.then(async () => {
				if (delay > 0) await setTimeout(delay);
				to.write(bytes);
			});
		});
		from.on('error', () => to.destroy());
		from.on('close', () => void turn.then(() => to.end()));
	};
	const server = createServer((inside) => {
		const outside = connect(port, '127.0.0.1');
		for (const socket of [inside, outside]) sockets.add(socket);
		carry(inside, outside);
		carry(outside, inside);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		slow: (milliseconds: number) => (delay = milliseconds),
		stop() {
			for (const socket of sockets) socket.destroy();
			server.close();
		}
	};
}

/** Each message to the database takes two seconds, for a while. */
export const slow: Fault = {
	item: 'R12',
	what: 'a slow database',
	on: POSTGRES,
	times: 1,
	async run(place) {
		const direct = new URL(await place.newDatabase());
		const way = await slowWay(Number(direct.port));
		const through = new URL(direct);
		through.port = String(way.port);
		const wrong: string[] = [];
		const { site, tokens } = await openForum(direct.href);
		await site.stop();
		const slowed = await serve(through.href);
		const ledger = newLedger();
		const writing = load(slowed, tokens, { ledger, stubborn: true });
		await writing.acknowledged(50);
		way.slow(DELAY_MS);
		await setTimeout(SLOW_FOR_MS);
		way.slow(0);
		const took = await back(slowed.url, tokens[0], ledger);
		await writing.acknowledged(50);
		await writing.stop();
		if (took > BACK_MS) wrong.push(`it took ${Math.round(took)} ms to be as before`);
		const others = [...ledger.refused.keys()].filter((status) => status !== 503);
		if (others.length > 0) wrong.push(`refused with ${others.join(', ')}`);
		await slowed.stop();
		const again = await serve(direct.href);
		wrong.push(...(await check(again, ledger)));
		await again.stop();
		way.stop();
		return { counted: `${told(ledger)}, as before after ${Math.round(took)} ms`, wrong };
	}
};
