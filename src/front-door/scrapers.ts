import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../lib/server/client-address.ts';
import type { Config } from '../lib/server/config.ts';

const BEARER = /^Bearer +(\S+)$/i;
const OWN_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const FORWARDED = /^(?:forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-.*)$/;

type Asking = Pick<IncomingMessage, 'headers' | 'socket'>;

function isForwarded({ headers }: Asking): boolean {
	return Object.keys(headers).some((name) => FORWARDED.test(name));
}

/** Whether a request comes from this machine, asked for by its own name and passed on by nobody. */
function isFromHere(request: Asking): boolean {
	const { headers, socket } = request;
	if (!isLoopback(socket.remoteAddress) || isForwarded(request)) return false;
	return OWN_NAME.test(headers.host ?? '');
}

function hash(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** Whether a request bears the token; hashes are of one length, and tell nothing by how far they agree. */
function bears({ headers }: Asking, token: Buffer): boolean {
	const given = BEARER.exec(headers.authorization ?? '')?.[1];
	return given !== undefined && timingSafeEqual(hash(given), token);
}

/**
 * Who may read the figures: whoever bears the token, and this machine itself where nothing stands in
 * front of the site. A proxy beside us asks from here too, and may say of nobody that it asks for them;
 * so where ORIGIN or PROXY_DEPTH tells of one, only the token counts.
 * @returns what tells the status of a refusal, or null for who may.
 */
export function guard({
	metricsToken,
	origin,
	proxyDepth
}: Pick<Config, 'metricsToken' | 'origin' | 'proxyDepth'>): (request: Asking) => number | null {
	const token = metricsToken === null ? null : hash(metricsToken);
	const isAlone = origin === null && proxyDepth === 0;
	return (request) => {
		if (isAlone && isFromHere(request)) return null;
		// Where there is no token, nothing tells that there is anything here.
		if (token === null) return 404;
		return bears(request, token) ? null : 401;
	};
}
