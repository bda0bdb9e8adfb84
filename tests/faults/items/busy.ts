import BetterSqlite from 'better-sqlite3';
import { setTimeout } from 'node:timers/promises';
import { statSync } from 'node:fs';
import { BOTH, quick, SQLITE, type Fault } from '../support/fault.ts';
import type { Site } from '../../support/server.ts';
import { command, kill, openForum, page, serve, SLUG, watch } from '../support/forum.ts';
import {
	check,
	EDITED,
	load,
	newLedger,
	reconsider,
	settle,
	told,
	write,
	type Ledger
} from '../support/ledger.ts';
import { marker, pathOf } from '../support/place.ts';

const SHORT_MS = 3_000;
const LONG_MS = 30_000;
const PATIENCE_MS = 60_000;
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

// A page may be so old at another server, and while there is much to take at the one that took it too.
const LATE_MS = 1_000;
const ROUNDS = 10;

/** Reads a page until it says something. @returns how long after the start somebody still asked in vain; null if nobody did */
async function untilSaid(site: Site, path: string, words: string): Promise<number | null> {
	const start = performance.now();
	let late: number | null = null;
	for (;;) {
		const sent = performance.now() - start;
		const { text } = await page(site, path);
		if (text.includes(words)) return late;
		late = sent;
		if (late > PATIENCE_MS) return late;
	}
}

/**
 * What one server has acknowledged, it shows at once (where it has much to take, within a second), and the other one
 * within a second: a reply and a change on a page that both have kept. @returns what was wrong, and how long after
 * an answer the other one's page was asked for and still old, for each that was
 */
async function passedOn(
	[here, there]: [Site, Site],
	isBusy: boolean,
	tokens: string[],
	ledger: Ledger
) {
	const wrong: string[] = [];
	const old: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const root = { marker: marker(), token: tokens[0] };
		const id = await write(here, ledger, root);
		if (id === null) return { old, wrong: [...wrong, 'a comment was refused'] };
		const path = `/c/${id}`;
		// Twice: only then it is kept.
		for (const site of [here, there, here, there]) await untilSaid(site, path, root.marker);
		const reply = { marker: marker(), token: tokens[1], parent: id };
		for (const [words, act] of [
			[reply.marker, () => write(here, ledger, reply)],
			[`${root.marker} ${EDITED}`, () => reconsider(here, ledger, root, id, tokens[1])]
		] as const) {
			await act();
			const [own, others] = await Promise.all(
				[here, there].map((site) => untilSaid(site, path, words))
			);
			if (own !== null && !(isBusy && own <= LATE_MS))
				wrong.push(`its own page was old at ${own} ms`);
			if (others !== null) old.push(others);
			if (others !== null && others > LATE_MS) wrong.push(`another's page was old at ${others} ms`);
		}
	}
	return { old, wrong };
}

/** An editor ends the discussion at one server: from the answer on, none takes another comment. */
async function closed(here: Site, sites: Site[], tokens: string[]) {
	const secrets = ['--email', 'ed.lund@example.org', '--password', 'tern gannet fulmar skua'];
	await command(here, 'account', 'create', 'Ed Lund', '--role', 'editor', ...secrets);
	const token = (await command(here, 'token', 'create', 'Ed Lund')).trim();
	const answer = await fetch(`${here.url}/api/v1/articles/${SLUG}`, {
		method: 'PATCH',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ commenting: 'disabled', reason: 'It has gone on for long enough.' })
	});
	if (!answer.ok) return [`disabling answered ${answer.status} ${await answer.text()}`];
	// What is sent now is not in the ledger of what was: if it is there, it is not expected.
	const late = newLedger();
	const ids = await Promise.all(
		sites.flatMap((site) => tokens.map((token) => write(site, late, { marker: marker(), token })))
	);
	const taken = ids.filter((id) => id !== null).length;
	return taken === 0 ? [] : [`${taken} comments were taken after the end`];
}

/** Two servers on one database take the same load. */
export const together: Fault = {
	item: 'R7',
	what: 'two servers on one database, one of them killed',
	on: BOTH,
	times: 1,
	async run(place, times) {
		const url = await place.newDatabase();
		const { site, tokens } = await openForum(url);
		let other = await serve(url);
		const ledger = newLedger();
		const wrong: string[] = [];
		const old: number[] = [];
		for (let round = 0; round < times; round++) {
			const both = [load(site, tokens, { ledger }), load(other, tokens, { ledger })];
			await both[0].acknowledged(500);
			const busy = await passedOn([other, site], true, tokens, ledger);
			await both[0].acknowledged(500);
			await Promise.all(both.map((one) => one.stop()));
			const quiet = await passedOn([site, other], false, tokens, ledger);
			old.push(...busy.old, ...quiet.old);
			wrong.push(...busy.wrong, ...quiet.wrong);
			// One that dies with half of its work done is in nobody's way.
			const [left, lost] = [load(site, tokens, { ledger }), load(other, tokens, { ledger })];
			await lost.acknowledged(100);
			await kill(other);
			const before = ledger.acknowledged.size;
			await left.acknowledged(100);
			if (ledger.acknowledged.size < before + 100)
				wrong.push('the one that was left did not go on');
			await Promise.all([left, lost].map((one) => one.stop()));
			await other.stop();
			other = await serve(url);
			wrong.push(...(await settle(other, ledger)));
		}
		if (ledger.refused.size > 0) wrong.push(`refused: ${told(ledger)}`);
		wrong.push(...(await closed(other, [site, other], tokens)));
		wrong.push(...(await check(other, ledger)));
		await other.stop();
		await site.stop();
		const asked = 4 * ROUNDS * times;
		const latest = `${old.length} of ${asked} pages of the other one old, the last ${Math.max(0, ...old).toFixed(1)} ms after the answer`;
		return { counted: `${told(ledger)}; ${latest}; ended for both`, wrong };
	}
};
