import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import {
	copyFileSync,
	mkdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
	writeSync,
	openSync,
	closeSync
} from 'node:fs';
import { join } from 'node:path';
import { changedTables, contentsOf } from '../support/contents.ts';
import { NotHere, SQLITE, type Fault } from '../support/fault.ts';
import { openForum, page, serve, SLUG, type Forum } from '../support/forum.ts';
import { check, load, newLedger, told, type Ledger } from '../support/ledger.ts';
import { pathOf, type Place } from '../support/place.ts';

const SIZE_MB = 24;
const BLOCK = 64 * 1024;

/** A small disk of its own. @throws {NotHere} where nobody may make one */
function mount(place: Place, name: string): string {
	const disk = join(place.directory, name);
	mkdirSync(disk);
	const made = spawnSync('mount', [
		'-t',
		'tmpfs',
		'-o',
		`size=${SIZE_MB}m,mode=0700`,
		'tmpfs',
		disk
	]);
	if (made.status === 0) return disk;
	rmSync(disk, { recursive: true });
	throw new NotHere('needs the right to mount a small disk');
}

function remount(disk: string, how: 'ro' | 'rw'): boolean {
	return spawnSync('mount', ['-o', `remount,${how}`, disk]).status === 0;
}

function unmount(disk: string): void {
	spawnSync('umount', ['-l', disk]);
}

/** Fills a disk to the last block. */
function fill(disk: string): string {
	const ballast = join(disk, 'ballast');
	const file = openSync(ballast, 'w');
	try {
		for (const size of [BLOCK, 4096, 1]) {
			try {
				for (;;) writeSync(file, Buffer.alloc(size, 1));
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
			}
		}
	} finally {
		closeSync(file);
	}
	return ballast;
}

/** Writes until somebody is refused; reading must go on. */
async function untilRefused({ site, tokens }: Forum, ledger: Ledger): Promise<string[]> {
	const writing = load(site, tokens, { ledger });
	await writing.acknowledged(1_000_000);
	await writing.stop();
	const { status } = await page(site);
	return status === 200 ? [] : [`reading answered ${status}`];
}

function unlike503(ledger: Ledger): string[] {
	const others = [...ledger.refused.keys()].filter((status) => status !== 503 && status !== 507);
	return others.length === 0 ? [] : [`refused with ${others.join(', ')}`];
}

/** The disk is full, and then is not. */
export const full: Fault = {
	item: 'R4',
	what: 'a full disk',
	on: SQLITE,
	times: 3,
	async run(place, times) {
		const disk = mount(place, 'full');
		try {
			const forum = await openForum(`file:${join(disk, 'afterword.db')}`);
			const ledger = newLedger();
			const wrong: string[] = [];
			for (let round = 0; round < times; round++) {
				const ballast = fill(disk);
				wrong.push(...(await untilRefused(forum, ledger)));
				rmSync(ballast);
				const before = ledger.acknowledged.size;
				const writing = load(forum.site, forum.tokens, { ledger });
				await writing.acknowledged(20);
				await writing.stop();
				if (ledger.acknowledged.size < before + 20) wrong.push('it did not go on by itself');
			}
			wrong.push(...unlike503(ledger), ...(await check(forum.site, ledger)));
			const lines = forum.site.output().length;
			if (lines > 1_000_000) wrong.push(`the log has ${lines} bytes`);
			await forum.site.stop();
			return { counted: `${times} times, ${told(ledger)}`, wrong };
		} finally {
			unmount(disk);
		}
	}
};

/** What a server says that cannot start; '' if it started all the same. */
async function startFault(databaseUrl: string): Promise<string> {
	try {
		await (await serve(databaseUrl)).stop();
		return '';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** The directory cannot be written to, or what is in it is not what was. */
export const unwritable: Fault = {
	item: 'R5',
	what: 'a directory that cannot be written to, a file that is gone',
	on: SQLITE,
	times: 1,
	async run(place) {
		const disk = mount(place, 'unwritable');
		const wrong: string[] = [];
		try {
			const url = `file:${join(disk, 'afterword.db')}`;
			const forum = await openForum(url);
			const ledger = newLedger();
			const writing = load(forum.site, forum.tokens, { ledger });
			await writing.acknowledged(50);
			await writing.stop();
			// Files that are open for writing keep a disk from being made read-only.
			const couldRemount = remount(disk, 'ro');
			if (couldRemount) {
				wrong.push(...(await untilRefused(forum, ledger)));
				remount(disk, 'rw');
			}
			wrong.push(...unlike503(ledger), ...(await check(forum.site, ledger)));
			await forum.site.stop();
			const started = remount(disk, 'ro') ? await startFault(url) : 'SQLITE_READONLY';
			remount(disk, 'rw');
			if (started === '') wrong.push('it started where nothing can be written');
			writeFileSync(`${pathOf(url)}-wal`, 'something');
			rmSync(pathOf(url));
			const gone = await startFault(url);
			if (!gone.includes('put the file back')) wrong.push(`a missing file: ${gone.slice(0, 200)}`);
			const how = couldRemount ? 'read-only while it ran' : 'read-only at the start';
			return { counted: `${how}, gone at the start; ${told(ledger)}`, wrong };
		} finally {
			unmount(disk);
		}
	}
};

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
