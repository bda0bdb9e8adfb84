import { unless, warning, wrong, type Check, type Finding, type Patient } from './finding.ts';

type Seen = Required<Pick<Patient, 'config' | 'request'>>;

function forwardedFault({ config, request }: Seen): Finding | null {
	const entries = request.forwardedFor === null ? 0 : request.forwardedFor.split(',').length;
	const { proxyDepth } = config;
	if (proxyDepth === 0 && entries > 0) {
		return wrong(
			'This request came with X-Forwarded-For, which PROXY_DEPTH=0 ignores: if a proxy of yours wrote it, all readers share one address, and every limit with it.',
			'Set PROXY_DEPTH to the number of your proxies that add to the header.'
		);
	}
	if (entries >= proxyDepth) return null;
	return wrong(
		`PROXY_DEPTH is ${proxyDepth}, but this request came with ${entries} in X-Forwarded-For.`,
		'Let every proxy add to the header, or set PROXY_DEPTH to the number of those that do.'
	);
}

function protocolFault({ config, request }: Seen): Finding | null {
	const protocol = request.forwardedProto?.split(',')[0].trim();
	const expected = config.origin && new URL(config.origin).protocol.replace(':', '');
	if (!protocol || !expected || protocol === expected) return null;
	return wrong(
		`The proxy says that you came by ${protocol === 'http' ? 'http' : 'another protocol'}, but ORIGIN is ${config.origin}.`,
		'Let the proxy lead from http to https, or correct ORIGIN.'
	);
}

function hostFault({ config, request }: Seen): Finding | null {
	const expected = config.origin && new URL(config.origin).host;
	if (!expected || request.host.toLowerCase() === expected) return null;
	return warning(
		`This page was asked for under another host than ORIGIN, which is ${config.origin}.`,
		'Let the proxy pass the Host header on, and lead other names of the site to this one.'
	);
}

/** What the request to this page shows of what stands in front; nothing at the command line. */
export const thisRequest: Check = {
	key: 'request',
	name: 'This request',
	look({ config, request }) {
		if (!request) return [];
		const seen = { config, request };
		const faults = [forwardedFault(seen), protocolFault(seen), hostFault(seen)];
		return unless(faults, 'It came as the settings say that requests come.');
	}
};
