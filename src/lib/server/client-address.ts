import { isIP } from 'node:net';

// Kept apart from every real address, so that requests of unknown origin share one allowance.
const UNKNOWN = 'unknown';

/** A plain address: no port, brackets or zone, IPv4 within IPv6 as IPv4; null if it is none. */
function plain(text: string): string | null {
	const bare =
		/^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
	const address = bare.replace(/%.*$/, '').toLowerCase();
	const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1] ?? address;
	return isIP(mapped) ? mapped : null;
}

/**
 * The address that a request came from. Only what the trusted proxies themselves wrote is believed:
 * with a depth of n, the n-th entry of `X-Forwarded-For` from the right; with 0, or when that entry
 * is missing or no address, the address of the connection.
 * @param depth How many trusted proxies add to the header.
 */
export function clientAddress(
	socketAddress: string | undefined,
	forwardedFor: string | null | undefined,
	depth: number
): string {
	const entry = depth > 0 ? forwardedFor?.split(',').at(-depth) : undefined;
	return plain(entry?.trim() ?? '') ?? plain(socketAddress ?? '') ?? UNKNOWN;
}

/** Whether the address of a connection is this machine's own. */
export function isLoopback(socketAddress: string | undefined): boolean {
	const address = plain(socketAddress ?? '');
	return address !== null && (address === '::1' || address.startsWith('127.'));
}
