import type { Config } from '../config.ts';
import { unless, warning, wrong, type Check, type Finding } from './finding.ts';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
const SET_ORIGIN =
	'Set ORIGIN to the address that readers see, e.g. ORIGIN=https://talk.example.org.';

function isLoopback(host: string): boolean {
	return LOOPBACK.test(host);
}

function originFault({ origin, host }: Config): Finding | null {
	if (origin === null) {
		if (isLoopback(host)) return null;
		const words = `Anybody may connect (HOST is ${host}), but ORIGIN is not set: forms are refused everywhere but on this machine.`;
		return wrong(words, SET_ORIGIN);
	}
	const url = new URL(origin);
	if (url.protocol === 'https:' || isLoopback(url.hostname)) return null;
	return wrong(
		`ORIGIN is ${origin}: passwords and sessions cross the network unencrypted.`,
		'Put a proxy with a certificate in front, such as Caddy or nginx, and set ORIGIN to its https:// address.'
	);
}

/** Whether the public address is set, and is one that keeps secrets. */
export const publicAddress: Check = {
	key: 'origin',
	name: 'Public address',
	look({ config }) {
		const where = config.origin ?? 'for this machine only';
		return unless([originFault(config)], `The site is ${where}.`);
	}
};

function depthFault({ origin, host, proxyDepth }: Config): Finding | null {
	const isBehind = origin?.startsWith('https:') === true && isLoopback(host);
	if (proxyDepth === 0 && isBehind) {
		return wrong(
			'A proxy stands in front (https outside, this machine only inside), but PROXY_DEPTH is 0: all readers have the proxy’s address, and share one allowance of every limit.',
			'Set PROXY_DEPTH=1 for one proxy that adds to X-Forwarded-For, 2 for two.'
		);
	}
	if (proxyDepth > 0 && !isLoopback(host)) {
		return warning(
			`Anybody may connect (HOST is ${host}) while X-Forwarded-For is believed: who reaches this port without the proxy can pretend any address.`,
			'Set HOST=127.0.0.1, or let a firewall admit nobody but the proxy.'
		);
	}
	return null;
}

/** Whether the addresses of readers are told from those of proxies. */
export const proxies: Check = {
	key: 'proxies',
	name: 'Proxies',
	look({ config }) {
		const count = config.proxyDepth;
		const words =
			count === 0 ? 'No proxy is believed' : `The last ${count} of X-Forwarded-For are ours`;
		return unless([depthFault(config)], `${words}.`);
	}
};
