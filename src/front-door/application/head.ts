import { CLOSED_POLICY, SECURITY_HEADERS, STRICT_TRANSPORT } from '../../lib/http/headers.ts';
import type { Config } from '../../lib/server/config.ts';

const POLICY = 'content-security-policy';
const TYPE = 'content-type';
const PLAIN = 'text/plain; charset=utf-8';

/** Names, in lower case, and values. */
export type Fields = [name: string, value: string][];

/** The headers that every answer has which does not say otherwise. */
export function headersOfAll({ origin }: Pick<Config, 'origin'>): Fields {
	const isSecure = origin?.startsWith('https:') ?? false;
	const headers = {
		...SECURITY_HEADERS,
		[POLICY]: CLOSED_POLICY,
		...(isSecure ? { 'Strict-Transport-Security': STRICT_TRANSPORT } : {})
	};
	return Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
}

/**
 * The headers of an answer of SvelteKit's, with those of all. A 304 says which headers a kept page has from
 * now on, and must not give it the policy of an answer that is no page; SvelteKit's shortest refusals do not
 * say what they are.
 */
export function fieldsOf({ status, headers }: Response, ofAll: Fields): Fields {
	const isUnchanged = status === 304;
	const fields = ofAll.filter(([name]) => !headers.has(name) && !(isUnchanged && name === POLICY));
	fields.push(...headers);
	if (status >= 400 && !headers.has(TYPE)) fields.push([TYPE, PLAIN]);
	return fields;
}
