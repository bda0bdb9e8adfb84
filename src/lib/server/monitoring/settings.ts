/** Where traces go. */
export interface TraceSettings {
	/** The address that takes them (OTLP over HTTP, in JSON). */
	url: string;
	/** Headers that go with them, as `name=value,name=value`. */
	headers: string;
	/** What this is called there. */
	service: string;
	/** The share of requests that are traced, 0 to 1, unless the proxy has decided. */
	share: number;
}

const PATH = '/v1/traces';

/** Reads where traces go; null for nowhere. */
export function readTraces(
	texts: { endpoint: string; headers: string; service: string; share: string },
	problems: string[]
): TraceSettings | null {
	const { endpoint, headers, service, share } = texts;
	if (endpoint === '') return null;
	if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
		problems.push(
			'OTEL_EXPORTER_OTLP_ENDPOINT must be an address that begins with https:// or http://.'
		);
	}
	if (!/^(?:0|1|0?\.\d{1,9}|[01]\.0+)$/.test(share)) {
		problems.push(`OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "${share}".`);
	}
	return { url: endpoint.replace(/\/+$/, '') + PATH, headers, service, share: Number(share) };
}
