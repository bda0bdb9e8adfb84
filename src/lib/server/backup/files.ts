import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BadBackup } from './bad-backup.ts';

/** Addresses and password hashes are in them. */
export const OWNER_ONLY = 0o600;
const DAMAGED = ['Z_BUF_ERROR', 'Z_DATA_ERROR'];

/** Makes an empty file that only its owner may read. @throws {Error} if there is one already */
export async function makeEmpty(path: string): Promise<void> {
	await (await open(path, 'wx', OWNER_ONLY)).close();
}

/** Waits until a file, or the names in a directory, are on the disk. */
export async function flush(path: string): Promise<void> {
	const handle = await open(path, 'r');
	await handle.sync().finally(() => handle.close());
}

/** Waits until the name of a file is on the disk. */
export function flushName(path: string): Promise<void> {
	return flush(dirname(path));
}

/** The first bytes of a file. */
export async function beginningOf(path: string, length: number): Promise<Buffer> {
	const handle = await open(path, 'r');
	try {
		const buffer = Buffer.alloc(length);
		const { bytesRead } = await handle.read(buffer, 0, length, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
}

function output(path: string) {
	return createWriteStream(path, { mode: OWNER_ONLY, flags: 'wx', flush: true });
}

/** Copies a file to one that is not there yet. */
export async function copy(from: string, to: string): Promise<void> {
	await pipeline(createReadStream(from), output(to));
}

/** Packs a file into one that is not there yet. */
export async function pack(from: string, to: string): Promise<void> {
	await pipeline(createReadStream(from), createGzip(), output(to));
}

/** Unpacks a file into one that is not there yet. @throws {BadBackup} for a damaged one */
export async function unpack(from: string, to: string): Promise<void> {
	try {
		await pipeline(createReadStream(from), createGunzip(), output(to));
	} catch (error) {
		if (!DAMAGED.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
		throw new BadBackup('It is damaged, or cut short.');
	}
}
