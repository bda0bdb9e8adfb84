import BetterSqlite from 'better-sqlite3';
import { setTimeout } from 'node:timers/promises';
import { statSync } from 'node:fs';
import { BOTH, quick, SQLITE, type Fault } from '../support/fault.ts';
import { openForum, serve, watch } from '../support/forum.ts';
import { check, load, newLedger, told } from '../support/ledger.ts';
import { pathOf } from '../support/place.ts';

const SHORT_MS = 3_000;
const LONG_MS = 30_000;
const LOG_BYTES = 64 * 1024 ** 2;

/** Another program holds the database for three seconds, then for thirty. */
export const busy: Fault = {
	item: 'R6',
	what: 'another program holds the database',
	on: SQLITE,
	times: 1,
	async run(place, times) {
		const url = await place.newDatabase();
		const { site, tokens } = await openForum(url);
		const wrong: string[] = [];
		const counted: string[] = [];
		const ledger = newLedger();
		for (const [round, held] of Array.from({ length: times }, () => [SHORT_MS, LONG_MS])
			.flat()
			.entries()) {
			const refusedBefore = ledger.unknown.length;
			const writing = load(site, tokens, { ledger, stubborn: true });
			const before = watch(site);
			await writing.acknowledged(50);
			await before.stop();
			const stranger = new BetterSqlite(pathOf(url), { timeout: 10_000 });
			stranger.exec('BEGIN EXCLUSIVE');
			const reading = watch(site);
			await setTimeout(held);
			await reading.stop();
			stranger.exec('COMMIT');
			stranger.close();
			await writing.acknowledged(50);
			await writing.stop();
			const refused = ledger.unknown.length - refusedBefore;
			const speed = quick('reading', reading.times, before.times);
			wrong.push(...speed.wrong);
			if (held === SHORT_MS && refused > 0) wrong.push(`${refused} refused after three seconds`);
			if (held === LONG_MS && refused === 0) wrong.push('nobody was told for thirty seconds');
			if (reading.others.length > 0) wrong.push(`reading answered ${reading.others.join(', ')}`);
			counted.push(`${held / 1000} s: ${refused} refused, ${speed.counted}`);
			wrong.push(...(await check(site, ledger)).map((one) => `hold ${round + 1}: ${one}`));
		}
		const others = [...ledger.refused.keys()].filter((status) => status !== 503);
		if (others.length > 0) wrong.push(`refused with ${others.join(', ')}`);
		if (ledger.unexplained > 0) wrong.push(`${ledger.unexplained} without Retry-After`);
		const log = statSync(`${pathOf(url)}-wal`).size;
		if (log > LOG_BYTES) wrong.push(`the log has ${log} bytes`);
		await site.stop();
		return { counted: `${counted.join('; ')}; ${told(ledger)}`, wrong };
	}
};

/** Two servers on one database take the same load. */
export const together: Fault = {
	item: 'R7',
	what: 'two servers on one database',
	on: BOTH,
	times: 1,
	async run(place, times) {
		const url = await place.newDatabase();
		const { site, tokens } = await openForum(url);
		const other = await serve(url);
		const ledger = newLedger();
		for (let round = 0; round < times; round++) {
			const both = [load(site, tokens, { ledger }), load(other, tokens, { ledger })];
			await both[0].acknowledged(1000);
			await Promise.all(both.map((one) => one.stop()));
		}
		const wrong = await check(other, ledger);
		if (ledger.refused.size > 0) wrong.push(`refused: ${told(ledger)}`);
		await other.stop();
		await site.stop();
		return { counted: told(ledger), wrong };
	}
};
