import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A line of a file: its text, or why it has none. */
export type Line = { number: number; text: string } | { number: number; problem: string };

/** Longer than any record the export writes; a longer line is skipped without being kept. */
export const LINE_MAX = 16 * 1024 * 1024;

const NEWLINE = 0x0a;
const GZIP = [0x1f, 0x8b];

type Chunks = AsyncIterable<Buffer>;

async function* counted(chunks: Chunks, onBytes: (bytes: number) => void): Chunks {
	for await (const chunk of chunks) {
		onBytes(chunk.length);
		yield chunk;
	}
}

/** Inflates what begins like gzip, whatever the file is called. */
async function* inflated(chunks: Chunks): Chunks {
	const iterator = chunks[Symbol.asyncIterator]();
	let start = Buffer.alloc(0);
	let ended = false;
	while (!ended && start.length < GZIP.length) {
		const next = await iterator.next();
		ended = next.done === true;
		if (!next.done) start = Buffer.concat([start, next.value]);
	}
	const all = Readable.from(
		(async function* () {
			yield start;
			yield* { [Symbol.asyncIterator]: () => iterator };
		})(),
		{ objectMode: false }
	);
	if (!GZIP.every((byte, index) => start[index] === byte)) return yield* all as Chunks;
	const gunzip = createGunzip();
	all.on('error', (error) => gunzip.destroy(error));
	try {
		yield* all.pipe(gunzip) as Chunks;
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? '';
		if (code !== 'Z_BUF_ERROR' && code !== 'Z_DATA_ERROR') throw error;
		throw new Error('The gzip file is damaged or ends too early.', { cause: error });
	}
}

/** Cuts bytes into lines at LF alone: JSON text may hold every other kind of line break. */
async function* split(chunks: Chunks): AsyncIterable<Buffer | null> {
	let parts: Buffer[] = [];
	let length = 0;
	const finish = () => {
		const line = length > LINE_MAX ? null : Buffer.concat(parts);
		parts = [];
		length = 0;
		return line;
	};
	const add = (part: Buffer) => {
		length += part.length;
		if (length <= LINE_MAX) parts.push(part);
		else parts = [];
	};
	for await (const chunk of chunks) {
		let from = 0;
		for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
			add(chunk.subarray(from, at));
			yield finish();
			from = at + 1;
		}
		add(chunk.subarray(from));
	}
	if (length > 0) yield finish();
}

/**
 * The lines of a JSON Lines file, gzipped or not, that are not empty, in bounded memory.
 * @param path `-` is standard input.
 * @param onBytes is told how many bytes of the file have been read.
 * @throws {Error} when the file cannot be read.
 */
export async function* readLines(
	path: string,
	onBytes: (bytes: number) => void = () => {}
): AsyncGenerator<Line> {
	const stream: Chunks = path === '-' ? process.stdin : createReadStream(path);
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let number = 0;
	for await (const bytes of split(inflated(counted(stream, onBytes)))) {
		number++;
		if (bytes === null) {
			yield { number, problem: `it is longer than ${LINE_MAX / 1024 / 1024} MB` };
			continue;
		}
		let text: string;
		try {
			text = decoder.decode(bytes);
		} catch {
			yield { number, problem: 'it is not UTF-8' };
			continue;
		}
		if (text.trim() !== '') yield { number, text };
	}
}
