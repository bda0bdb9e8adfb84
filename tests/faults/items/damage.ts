import { randomInt } from 'node:crypto';
import {
	copyFileSync,
	mkdirSync,
	readFileSync,
	statSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { changedTables, contentsOf } from '../support/contents.ts';
import { SQLITE, type Fault } from '../support/fault.ts';
import { kill, openForum, page, serve, SLUG } from '../support/forum.ts';
import { compare, counted, load, newLedger, sound } from '../support/ledger.ts';
import { pathOf } from '../support/place.ts';

const SECTOR = 512;

/** A page of the site, without what is another at every request. */
function plain(text: string): string {
	// Names of requests, the port, which each server has anew, and the past, which each file has.
	return text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|127\.0\.0\.1:\d+|data-moment="[^"]*"/g, '');
}

/** Sectors of the file are not what was written. */
export const rotten: Fault = {
	item: 'R20',
	what: 'damaged sectors',
	on: SQLITE,
	times: 10,
	async run(place, times) {
		const url = await place.newDatabase();
		const { site, tokens } = await openForum(url);
		const writing = load(site, tokens);
		await writing.acknowledged(600);
		await writing.stop();
		const paths = [`/articles/${SLUG}`, '/', `/api/v1/articles/${SLUG}/comments?limit=100`];
		const right: string[] = [];
		for (const path of paths) right.push(plain((await page(site, path)).text));
		await site.stop();
		const whole = contentsOf(pathOf(url));
		const wrong: string[] = [];
		/** Tables that a sector changed which nobody named. */
		const unnamed: string[] = [];
		const tally = { named: 0, empty: 0, refusedBackup: 0, unavailable: 0, other: 0, changed: 0 };
		for (let round = 0; round < times; round++) {
			const copy = await place.newDatabase();
			mkdirSync(join(pathOf(copy), '..'));
			copyFileSync(pathOf(url), pathOf(copy));
			const bytes = readFileSync(pathOf(copy));
			// Not the first page, where the file says what it is; that is another fault.
			const sector = randomInt(8, Math.floor(bytes.length / SECTOR));
			bytes.fill(0xa5, sector * SECTOR, (sector + 1) * SECTOR);
			writeFileSync(pathOf(copy), bytes);
			const changed = changedTables(whole, pathOf(copy));
			let rotting;
			try {
				rotting = await serve(copy);
			} catch {
				// It does not start on what is damaged there: nothing wrong is shown.
				tally.unavailable += 1;
				tally.named += 1;
				continue;
			}
			for (const [index, path] of paths.entries()) {
				const { status, text } = await page(rotting, path);
				if (status === 503) tally.unavailable += 1;
				else if (status !== 200) tally.other += 1;
				else if (plain(text) !== right[index]) {
					tally.changed += 1;
					wrong.push(`${path} shows what nobody wrote`);
				}
				if (status >= 500 && status !== 503) wrong.push(`${path} answered ${status}`);
			}
			const { stdout } = await rotting.cli(['doctor', '--full', '--json']);
			const { found } = JSON.parse(stdout) as { found: { key: string; state: string }[] };
			const named = found.some(({ key, state }) => key === 'integrity' && state === 'wrong');
			if (named) tally.named += 1;
			else if (changed.length === 0) tally.empty += 1;
			else unnamed.push(...changed);
			const backup = await rotting.cli(['backup', join(place.directory, `rot-${round}.db`)]);
			if (backup.code !== 0) tally.refusedBackup += 1;
			if (named && backup.code === 0) wrong.push('what the doctor calls damaged was backed up');
			await rotting.stop();
		}
		const counted = `${times} sectors: ${tally.named} named, ${tally.empty} held nothing, ${unnamed.length > 0 ? `what else changed: ${unnamed.join(', ')}` : 'none else'}, ${tally.refusedBackup} kept out of a backup; of ${times * paths.length} pages ${tally.unavailable} × 503, ${tally.other} other errors, ${tally.changed} with changed words`;
		return { counted, wrong };
	}
};

/** The log is cut off, as a disk leaves it that says it has written what it has not. */
export const cut: Fault = {
	item: 'R20',
	what: 'a log cut off',
	on: SQLITE,
	times: 10,
	async run(place, times) {
		const wrong: string[] = [];
		let [written, gone, left] = [0, 0, 0];
		for (let round = 1; round <= times; round++) {
			const url = await place.newDatabase();
			const { site, tokens } = await openForum(url);
			const ledger = newLedger();
			const writing = load(site, tokens, { ledger });
			await writing.acknowledged(randomInt(50, 200));
			await kill(site);
			await writing.stop();
			await site.stop();
			const log = `${pathOf(url)}-wal`;
			const { size } = statSync(log);
			truncateSync(log, randomInt(0, size));
			const again = await serve(url);
			// What was in the end of the log is nowhere; everything before it must be as it was.
			const found = await compare(url, ledger);
			const lost = found.filter((one) => one.startsWith('lost: '));
			const changed = found.filter((one) => !one.startsWith('lost'));
			const rest = [...changed, ...(await counted(again)), ...(await sound(url))];
			wrong.push(...rest.map((one) => `round ${round}: ${one}`));
			const { status } = await page(again, `/articles/${SLUG}`);
			if (status === 200) left += 1;
			await again.stop();
			written += ledger.acknowledged.size;
			gone += lost.length;
		}
		const told = `${times} logs: of ${written} comments ${gone} were in what was cut off, the others as they were; ${left} discussions shown`;
		return { counted: told, wrong };
	}
};
