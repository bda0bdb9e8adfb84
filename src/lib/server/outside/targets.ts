import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublic } from './addresses.ts';

/** An address to which a name leads. */
export interface Address {
	address: string;
	family: 4 | 6;
}

/** Finds the addresses of a name. */
export type Resolve = (name: string) => Promise<Address[]>;

/** What tests open, and nothing else. */
export interface Exceptions {
	/** Ports beside 80 and 443. */
	ports?: readonly number[];
	/** Addresses beside the public ones. */
	addresses?: readonly string[];
	/** In the place of the system's resolver. */
	resolve?: Resolve;
}

/** Where a request goes: the name for TLS and the `Host` header, the one address for the connection. */
export interface Target extends Address {
	url: URL;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const LONGEST_URL = 2000;

/** Something outside that we do not fetch, or that did not come; its words tell nothing of what is there. */
export class OutsideError extends Error {
	constructor() {
		super('This address cannot be fetched.');
		this.name = 'OutsideError';
	}
}

async function systemResolve(name: string): Promise<Address[]> {
	return (await lookup(name, { all: true })) as Address[];
}

function isAllowedPort({ protocol, port }: URL, ports: readonly number[]): boolean {
	const standard = PORTS[protocol];
	if (standard === undefined) return false;
	const number = port === '' ? standard : Number(port);
	return [...Object.values(PORTS), ...ports].includes(number);
}

/** Whether a host is a name that may lead to somebody else: it has a dot inside and does not end in one. */
function isPublicName(name: string): boolean {
	return (
		/^[^.].*\.[^.]+$/.test(name) && !/(^|\.)(localhost|local|internal|home\.arpa)$/i.test(name)
	);
}

/**
 * Checks an address before it is fetched, and finds the one network address to connect to: the name
 * is resolved here and nowhere else, so that it cannot lead elsewhere a moment later. All addresses
 * of a name must be public. `new URL` has made plain what is written in decimal, octal or hex.
 * @throws {OutsideError} for anything else.
 */
export async function targetOf(text: string, exceptions: Exceptions = {}): Promise<Target> {
	const { ports = [], addresses = [], resolve = systemResolve } = exceptions;
	const url = text.length <= LONGEST_URL ? URL.parse(text) : null;
	if (url === null || !isAllowedPort(url, ports)) throw new OutsideError();
	if (url.username !== '' || url.password !== '') throw new OutsideError();
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const family = isIP(host) as 0 | 4 | 6;
	if (family === 0 && !isPublicName(host)) throw new OutsideError();
	const found = family === 0 ? await resolve(host).catch(() => []) : [{ address: host, family }];
	const isAllowed = ({ address }: Address) => isPublic(address) || addresses.includes(address);
	if (found.length === 0 || !found.every(isAllowed)) throw new OutsideError();
	return { url, ...found[0] };
}
