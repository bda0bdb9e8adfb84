import { createWriteStream, rmSync } from 'node:fs';
import { open, realpath, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ExportedRecord } from './export.ts';

// Lines that go through the streams together: one by one costs more than writing them.
const LINES_AT_ONCE = 200;
// Addresses and password hashes are in it.
const OWNER_ONLY = 0o600;

function withoutNothing(fields: object): object {
	const entries = Object.entries(fields).filter(
		([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)
	);
	return Object.fromEntries(entries);
}

/** A record as a line of JSON. */
export function lineOf({ afterword, ...fields }: ExportedRecord): string {
	const line: Record<string, unknown> = { ...withoutNothing(fields) };
	if (afterword) line.afterword = withoutNothing(afterword);
	return JSON.stringify(line) + '\n';
}

async function* text(
	records: AsyncIterable<ExportedRecord>,
	onRecord: () => void
): AsyncGenerator<string> {
	let lines: string[] = [];
	for await (const record of records) {
		onRecord();
		lines.push(lineOf(record));
		if (lines.length < LINES_AT_ONCE) continue;
		yield lines.join('');
		lines = [];
	}
	yield lines.join('');
}

/** Writes records to a stream as JSON Lines, as fast as it takes them; leaves it open. */
export async function writeTo(
	output: Writable,
	records: AsyncIterable<ExportedRecord>,
	onRecord: () => void = () => {}
): Promise<void> {
	await pipeline(Readable.from(text(records, onRecord)), output, { end: false });
}

/** The file that a path leads to, through links; null when what is there is no file (a pipe, a device). */
async function fileAt(path: string): Promise<string | null> {
	try {
		if (!(await stat(path)).isFile()) return null;
		return await realpath(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
		throw error;
	}
}

async function pour(lines: Readable, output: Writable, zipped: boolean): Promise<void> {
	if (zipped) await pipeline(lines, createGzip(), output);
	else await pipeline(lines, output);
}

/**
 * Writes records to a file as JSON Lines, gzipped if its name ends in `.gz`. The file is there when it
 * is whole, and only its owner may read it.
 * @throws {Error} when it cannot be written; then a file that was there before still is.
 */
export async function writeFile(
	path: string,
	records: AsyncIterable<ExportedRecord>,
	onRecord: () => void = () => {}
): Promise<void> {
	const lines = Readable.from(text(records, onRecord));
	const zipped = path.endsWith('.gz');
	const file = await fileAt(path);
	if (file === null) return pour(lines, createWriteStream(path), zipped);
	const partial = `${file}.${process.pid}.part`;
	const remove = () => rmSync(partial, { force: true });
	process.once('exit', remove);
	try {
		const output = createWriteStream(partial, { mode: OWNER_ONLY, flags: 'wx', flush: true });
		await pour(lines, output, zipped);
		await rename(partial, file);
	} finally {
		process.off('exit', remove);
		remove();
	}
	const directory = await open(dirname(file), 'r');
	await directory.sync().finally(() => directory.close());
}
