import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { root, type Site } from '../../support/server.ts';
import { BOTH, type Fault } from '../support/fault.ts';
import { openForum, serve } from '../support/forum.ts';
import { check, load, newLedger, told, write } from '../support/ledger.ts';
import { ask, marker } from '../support/place.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const JUMPS = {
	'an hour on': HOUR,
	'an hour back': -HOUR,
	'a day on': DAY,
	'a day back': -DAY,
	'to the year 2040': 14 * 365 * DAY,
	'and right again': 0
};

async function jump(site: Site, file: string, offset: number): Promise<void> {
	writeFileSync(file, String(offset));
	const said = site.output().length;
	site.process.kill('SIGUSR2');
	while (!site.output().slice(said).includes(`clock ${offset}`)) await setTimeout(10);
}

/** The clock jumps while people write, and the server starts again at a wrong time. */
export const jumping: Fault = {
	item: 'R10',
	what: 'a clock that jumps, while it runs and before a start',
	on: BOTH,
	times: 1,
	async run(place, times) {
		const file = join(place.directory, `clock-${place.dialect}`);
		writeFileSync(file, '0');
		const shim = pathToFileURL(join(root, 'tests/faults/support/clock.mjs')).href;
		const env = { NODE_OPTIONS: `--import ${shim}`, CLOCK_FILE: file };
		const url = await place.newDatabase();
		const { site: first, tokens } = await openForum(url, { env });
		let site = first;
		const ledger = newLedger();
		const wrong: string[] = [];
		for (let round = 0; round < times; round++) {
			for (const [what, offset] of Object.entries(JUMPS)) {
				// What is written before a jump may be past its time for changes after it.
				const writing = load(site, tokens, { ledger, changes: false });
				await writing.acknowledged(20);
				await jump(site, file, offset);
				await writing.acknowledged(40);
				await writing.stop();
				// Within a process ids rise, so a discussion keeps the order in which it was written.
				const order: string[] = [];
				for (let one = 0; one < 3; one++) {
					order.push((await write(site, ledger, { marker: marker(), token: tokens[0] })) ?? '');
				}
				if (order.join() !== order.toSorted().join()) wrong.push(`${what}: not in order`);
				await site.stop();
				site = await serve(url, { env });
			}
		}
		if (ledger.refused.size > 0) wrong.push(`refused: ${told(ledger)}`);
		const numbers = await ask<{ root_id: string; reply_seq: number }>(
			url,
			'select root_id, reply_seq from comments where reply_seq is not null'
		);
		const unique = new Set(numbers.map((one) => `${one.root_id} ${one.reply_seq}`));
		if (unique.size !== numbers.length) wrong.push('two replies have one number');
		writeFileSync(file, '0');
		wrong.push(...(await check(site, ledger)));
		await site.stop();
		return { counted: `${Object.keys(JUMPS).join(', ')}; ${told(ledger)}`, wrong };
	}
};
