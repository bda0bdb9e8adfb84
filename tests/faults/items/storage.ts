import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync, writeSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { NotHere, SQLITE, type Fault } from '../support/fault.ts';
import { openForum, page, serve, type Forum } from '../support/forum.ts';
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
