import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { beginningOf } from './files.ts';

/*
 * SQLite notices a damaged page, but not a wrong letter in somebody's words: it has no checksums. The
 * header of a database file has room for two numbers of the application's: one says that it is a
 * sealed backup of ours, the other is the checksum of everything else.
 */
const HEADER = 100;
const CHECKSUM_AT = 60; // user_version
const MARK_AT = 68; // application_id
const MARK = 0x41667764; // "Afwd"

/** How a file's contents stand to its seal. */
export type SealState = 'whole' | 'broken' | 'none';

function withoutSeal(header: Buffer): Buffer {
	const copy = Buffer.from(header);
	copy.writeUInt32BE(0, CHECKSUM_AT);
	copy.writeUInt32BE(0, MARK_AT);
	return copy;
}

async function checksumOf(path: string): Promise<number> {
	let sum = crc32(withoutSeal(await beginningOf(path, HEADER)));
	for await (const part of createReadStream(path, { start: HEADER })) {
		sum = crc32(part as Buffer, sum);
	}
	return sum;
}

/** Seals a database file that nobody has open, so that every change to it is noticed. */
export async function seal(path: string): Promise<void> {
	const sum = await checksumOf(path);
	const numbers = Buffer.alloc(4);
	const handle = await open(path, 'r+');
	try {
		numbers.writeUInt32BE(sum);
		await handle.write(numbers, 0, 4, CHECKSUM_AT);
		numbers.writeUInt32BE(MARK);
		await handle.write(numbers, 0, 4, MARK_AT);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Whether a database file is as it was when it was sealed. */
export async function sealOf(path: string): Promise<SealState> {
	const header = await beginningOf(path, HEADER);
	if (header.length < HEADER) return 'broken';
	if (header.readUInt32BE(MARK_AT) !== MARK) return 'none';
	return header.readUInt32BE(CHECKSUM_AT) === (await checksumOf(path)) ? 'whole' : 'broken';
}
