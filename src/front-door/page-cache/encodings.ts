import { promisify } from 'node:util';
import {
	brotliCompress,
	constants,
	createGzip,
	gunzip,
	type Gzip,
	type ZlibReset
} from 'node:zlib';
import { outside } from '../../lib/server/monitoring/visits.ts';

/** How the bytes of a page may be sent, shortest first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

// Both in Node's thread pool. A page lives until its next comment, so Brotli's last steps do not pay.
const BROTLI_QUALITY = 6;
// The first reader waits for it, and the next ones have Brotli: half the work for a tenth more bytes.
const GZIP = { level: 3 };

/** Brotli makes room for 4 MB unless it is told how much comes, and each thread of the pool does. */
function brotliFor({ length }: Buffer) {
	const window = Math.ceil(Math.log2(Math.max(length, 1)));
	return {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
			[constants.BROTLI_PARAM_SIZE_HINT]: length,
			[constants.BROTLI_PARAM_LGWIN]: Math.min(
				Math.max(window, constants.BROTLI_MIN_WINDOW_BITS),
				constants.BROTLI_DEFAULT_WINDOW
			)
		}
	};
}

/** The bytes in memory of their own: they are kept, and in Node's pool they would keep the 64 kB that they are a part of. */
function together(parts: Buffer[]): Buffer {
	const bytes = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) at += part.copy(bytes, at);
	return bytes;
}

// The types know of it for Deflate only, which Gzip is with another head.
type Resettable = Gzip & ZlibReset;

// As many as Node's thread pool has use for at once. To make one anew, with its 280 kB, is a tenth of the work for a page.
const MOST_IDLE = 4;
const idle: Resettable[] = [];

/** Compresses with a compressor that may have been used before. */
function compressAgain(body: Buffer): Promise<Buffer> {
	const gzip = idle.pop() ?? outside(() => createGzip(GZIP) as Resettable);
	return new Promise((resolve, reject) => {
		const parts: Buffer[] = [];
		const take = (part: Buffer) => void parts.push(part);
		gzip.on('data', take).on('error', reject);
		gzip.write(body);
		gzip.flush(constants.Z_FINISH, (error?: Error | null) => {
			// One that failed is closed by itself.
			if (error) return reject(error);
			resolve(together(parts));
			gzip.off('data', take).off('error', reject);
			gzip.reset();
			if (idle.length < MOST_IDLE) idle.push(gzip);
			else gzip.close();
		});
	});
}

const compressors = {
	br: async (body: Buffer) => together([await promisify(brotliCompress)(body, brotliFor(body))]),
	gzip: compressAgain
};

/** Compresses a page. */
export function compress(encoding: keyof typeof compressors, body: Buffer): Promise<Buffer> {
	return compressors[encoding](body);
}

/** Takes a page out of its gzip. */
export const unpack: (body: Buffer) => Promise<Buffer> = promisify(gunzip);

function read(header: string): Encoding[] {
	const taken = new Map<string, boolean>();
	for (const part of header.toLowerCase().split(',')) {
		const [name, ...parameters] = part.split(';').map((text) => text.trim());
		taken.set(name, !parameters.some((text) => /^q=0(?:\.0*)?$/.test(text)));
	}
	const others = taken.get('*') ?? false;
	return ENCODINGS.filter((encoding) => encoding === 'identity' || (taken.get(encoding) ?? others));
}

// Browsers send a handful of different ones.
const MOST_KNOWN = 200;
const known = new Map<string, readonly Encoding[]>();
const PLAIN: readonly Encoding[] = ['identity'];

/** The encodings that an `Accept-Encoding` takes, shortest first; a page can always be had as it is. */
export function acceptedBy(header: string | string[] | undefined): readonly Encoding[] {
	if (header === undefined) return PLAIN;
	const text = String(header);
	let accepted = known.get(text);
	if (!accepted) {
		if (known.size >= MOST_KNOWN) known.clear();
		known.set(text, (accepted = read(text)));
	}
	return accepted;
}
