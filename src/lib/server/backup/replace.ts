import { chmodSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { takeAlone } from './alone.ts';
import { now } from '../clock.ts';
import { flushName, OWNER_ONLY } from './files.ts';
import { stamp } from './names.ts';

// What SQLite keeps beside a file would be taken for the new one's.
const BESIDE = ['-wal', '-shm', '-journal'];

/**
 * Keeps a database under another name beside it. It is a second name for the same file, so that at no
 * moment there is none.
 */
function keepAside(path: string, isSettled: boolean): string {
	const aside = `${path}.replaced-${stamp(now())}`;
	linkSync(path, aside);
	const beside = isSettled ? [] : BESIDE.filter((ending) => existsSync(path + ending));
	for (const ending of beside) linkSync(path + ending, aside + ending);
	return aside;
}

/**
 * Puts a finished database in the place of another one, in one step; the old one is kept beside it.
 * @returns where the old one is; null if there was none.
 * @throws {InUse} when somebody has the old one open; then nothing has changed.
 */
export async function replace(path: string, finished: string): Promise<string | null> {
	const alone = existsSync(path) ? takeAlone(path, true) : null;
	try {
		const aside = alone === null ? null : keepAside(path, alone.isSettled);
		for (const ending of BESIDE) rmSync(path + ending, { force: true });
		chmodSync(finished, OWNER_ONLY);
		renameSync(finished, path);
		await flushName(path);
		return aside;
	} finally {
		alone?.release();
	}
}
