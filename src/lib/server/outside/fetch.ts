import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutsideError, targetOf, type Exceptions, type Target } from './targets.ts';

/** What is asked for. */
export interface Wanted {
	/** The types that are taken, such as `image/png`; nothing else is read. */
	types: readonly string[];
}

/** What came. */
export interface Fetched {
	type: string;
	body: Buffer;
}

const MOST_REDIRECTS = 3;
const TIMEOUT_MS = 5_000;
/** Bytes, after inflating. */
export const LARGEST = 1024 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Asks the address that was checked, whatever the name would lead to by now; sends nothing of ours. */
function ask({ url, address, family }: Target, signal: AbortSignal): Promise<IncomingMessage> {
	const options: RequestOptions = {
		signal,
		agent: false,
		headers: { accept: '*/*', 'accept-encoding': 'gzip, br', 'user-agent': 'Afterword' },
		lookup: (_, { all }, done) => {
			if (all) done(null, [{ address, family }]);
			else done(null, address, family);
		}
	};
	const request = url.protocol === 'https:' ? requestHttps : requestHttp;
	return new Promise((resolve, reject) => {
		request(url, options, resolve).on('error', reject).end();
	});
}

function inflated(response: IncomingMessage): Readable {
	const encoding = response.headers['content-encoding'] ?? 'identity';
	if (encoding === 'identity') return response;
	const makers: Record<string, () => NodeJS.ReadWriteStream> = {
		gzip: createGunzip,
		br: createBrotliDecompress,
		deflate: createInflate
	};
	const make = Object.hasOwn(makers, encoding) ? makers[encoding] : null;
	if (!make) throw new OutsideError();
	const stream = make() as unknown as Readable & NodeJS.WritableStream;
	response.on('error', (error) => stream.destroy(error));
	return response.pipe(stream);
}

async function read(response: IncomingMessage, { types }: Wanted): Promise<Fetched> {
	const type = (response.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
	if (response.statusCode !== 200 || !types.includes(type)) throw new OutsideError();
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of inflated(response) as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > LARGEST) throw new OutsideError();
		chunks.push(chunk);
	}
	return { type, body: Buffer.concat(chunks) };
}

async function follow(
	start: string,
	wanted: Wanted,
	exceptions: Exceptions,
	signal: AbortSignal
): Promise<Fetched> {
	let address = start;
	for (let step = 0; step <= MOST_REDIRECTS; step++) {
		const response = await ask(await targetOf(address, exceptions), signal);
		try {
			const { location } = response.headers;
			if (!REDIRECTS.has(response.statusCode ?? 0)) return await read(response, wanted);
			address = URL.parse(location ?? '', address)?.href ?? '';
		} finally {
			response.destroy();
		}
	}
	throw new OutsideError();
}

/**
 * Fetches what somebody else named, so that it cannot reach into our own network: http and https on
 * their own ports, public addresses only, each redirect (three at most) checked anew, five seconds and
 * 1 MB after inflating at most, without credentials. Whatever fails, fails in the same words.
 * Addresses that the operator set up (providers of OpenID Connect, checks of comments) are the
 * operator's own and do not come here: they may well be in the same network.
 * @param exceptions for tests.
 * @throws {OutsideError} always the same.
 */
export async function fetchOutside(
	url: string,
	wanted: Wanted,
	exceptions: Exceptions = {}
): Promise<Fetched> {
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	const late = new Promise<never>((_, reject) =>
		signal.addEventListener('abort', () => reject(new OutsideError()), { once: true })
	);
	try {
		return await Promise.race([follow(url, wanted, exceptions, signal), late]);
	} catch {
		throw new OutsideError();
	}
}
