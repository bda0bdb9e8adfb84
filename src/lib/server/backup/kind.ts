import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SOFTWARE } from '../transfer/native.ts';
import { readLines } from '../transfer/lines.ts';
import { BadBackup } from './bad-backup.ts';
import { beginningOf } from './files.ts';

/** What a file is that a site may be restored from, whatever it is called. */
export interface Kind {
	is: 'database' | 'export';
	packed: boolean;
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const SQLITE = Buffer.from('SQLite format 3\0');
const NONE = 'It is no backup of Afterword.';

/** The first bytes of what is packed; fewer where it is damaged. */
async function beginningOfPacked(file: string, length: number): Promise<Buffer> {
	let start = Buffer.alloc(0);
	await pipeline(createReadStream(file), createGunzip(), async (parts: AsyncIterable<Buffer>) => {
		for await (const part of parts) {
			start = Buffer.concat([start, part]);
			if (start.length >= length) return;
		}
	}).catch(() => {});
	return start.subarray(0, length);
}

/** Whether the first line says that a site of ours was exported. */
async function isExport(file: string): Promise<boolean> {
	for await (const line of readLines(file)) {
		if (!('text' in line)) return false;
		const first = JSON.parse(line.text) as { type?: unknown; software?: unknown } | null;
		return first?.type === 'site' && first.software === SOFTWARE;
	}
	return false;
}

/** Looks what a file is. @throws {BadBackup} when nothing can be restored from it */
export async function kindOf(file: string): Promise<Kind> {
	const packed = (await beginningOf(file, GZIP.length)).equals(GZIP);
	const start = await (packed ? beginningOfPacked : beginningOf)(file, SQLITE.length);
	if (start.equals(SQLITE)) return { is: 'database', packed };
	if (start.length === 0) throw new BadBackup('It is empty, or damaged.');
	if (!(await isExport(file).catch(() => false))) throw new BadBackup(NONE);
	// Only a packed export tells at its end that it has ended.
	if (packed) return { is: 'export', packed };
	throw new BadBackup('It is an export, not a backup: read it with the command import.');
}
