import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How the bytes of a page may be sent, shortest first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

// Both in Node's thread pool. A page lives until its next comment, so Brotli's last steps do not pay.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };
const compressors = {
	br: (body: Buffer) => promisify(brotliCompress)(body, BROTLI),
	gzip: promisify(gzip)
};

/** Compresses a page. */
export function compress(encoding: keyof typeof compressors, body: Buffer): Promise<Buffer> {
	return compressors[encoding](body);
}

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
