import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { looseObject, optional, safeParse, string } from 'valibot';

/** Somebody else's accounts that people may sign in with (OpenID Connect). */
export interface Provider {
	/** What names it in addresses and in the database. */
	key: string;
	/** What people know it by. */
	name: string;
	issuer: string;
	clientId: string;
	/** '' for a client that has none. */
	clientSecret: string;
}

/** How the newsroom's own accounts sign in here, by tokens that the newsroom signs. */
export interface SingleSignOn {
	/** What people know these accounts by. */
	name: string;
	issuer: string;
	/** Where somebody is sent to sign in. */
	url: string;
	key: SsoKey;
	/** Whether a token may give a role above reader. */
	roles: boolean;
}

/** What tokens are checked with: a secret that both sides know, or the newsroom's public keys. */
export type SsoKey =
	| { kind: 'secret'; secret: string }
	| { kind: 'public'; pem: string }
	| { kind: 'set'; url: string };

/** The settings of single sign-on as they stand in the environment. */
export interface SsoTexts {
	secret: string;
	jwksUrl: string;
	publicKey: string;
	issuer: string;
	url: string;
	name: string;
	roles: boolean;
}

/** Under what the newsroom's own accounts stand beside the providers. */
export const SSO = 'sso';
// RFC 7518, 3.2: as long as the hash that it signs with.
const SHORTEST_SECRET = 32;
const KEY = /^[a-z0-9-]{1,40}$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const LONGEST_NAME = 60;

const entrySchema = looseObject({
	key: string(),
	name: string(),
	issuer: string(),
	client_id: string(),
	client_secret: optional(string(), '')
});

/** A setting that may stand in a file of its own; null, with a problem added, if that cannot be read. */
function contents(text: string, name: string, problems: string[]): string | null {
	if (!/^(\/|file:)/.test(text)) return text;
	try {
		return readFileSync(text.startsWith('/') ? text : fileURLToPath(text), 'utf8').trim();
	} catch {
		problems.push(`${name} names a file that cannot be read.`);
		return null;
	}
}

/** Whether secrets may go there: by https, or to this machine itself. */
function isTrustworthy(text: string): boolean {
	const url = URL.parse(text);
	if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false;
	return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

function readProvider(entry: unknown, place: string, problems: string[]): Provider | null {
	const parsed = safeParse(entrySchema, entry);
	if (!parsed.success) {
		problems.push(
			`${place} must have key, name, issuer and client_id, and client_secret unless it has none, all in quotes.`
		);
		return null;
	}
	const { key, name, issuer, client_id: clientId, client_secret: clientSecret } = parsed.output;
	if (!KEY.test(key) || key === SSO) {
		problems.push(`The key of ${place} must be of small letters, digits and -, and not "${SSO}".`);
	}
	if (name.trim() === '' || name.length > LONGEST_NAME || clientId === '') {
		problems.push(`${place} needs a name of at most ${LONGEST_NAME} characters and a client_id.`);
	}
	if (!isTrustworthy(issuer)) {
		problems.push(
			`The issuer of ${place} must begin with https:// (http:// only on this machine).`
		);
	}
	return { key, name: name.trim(), issuer, clientId, clientSecret };
}

function parsedList(text: string): unknown[] | null {
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : null;
	} catch {
		return null;
	}
}

/** Reads OIDC_PROVIDERS; what is wrong is added to `problems`, without anything that may be secret. */
export function readProviders(text: string, problems: string[]): Provider[] {
	if (text === '') return [];
	const json = contents(text, 'OIDC_PROVIDERS', problems);
	if (json === null) return [];
	const list = parsedList(json);
	if (list === null) {
		problems.push('OIDC_PROVIDERS must be a list in JSON, or the path of a file that holds one.');
		return [];
	}
	const providers = list.flatMap((entry, index) => {
		const provider = readProvider(entry, `number ${index + 1} of OIDC_PROVIDERS`, problems);
		return provider ? [provider] : [];
	});
	if (new Set(providers.map(({ key }) => key)).size < providers.length) {
		problems.push('Two of OIDC_PROVIDERS have the same key.');
	}
	return providers;
}

function isPublicKey(pem: string): boolean {
	try {
		return pem.startsWith('-----BEGIN PUBLIC KEY-----') && createPublicKey(pem).type === 'public';
	} catch {
		return false;
	}
}

function readKey(texts: SsoTexts, problems: string[]): SsoKey | null {
	const { jwksUrl } = texts;
	const secret = contents(texts.secret, 'SSO_SECRET', problems);
	const pem = contents(texts.publicKey, 'SSO_PUBLIC_KEY', problems);
	if ([texts.secret, jwksUrl, texts.publicKey].filter(Boolean).length > 1) {
		problems.push('Only one of SSO_SECRET, SSO_JWKS_URL and SSO_PUBLIC_KEY may be set.');
	}
	if (secret) {
		if (secret.length < SHORTEST_SECRET) {
			problems.push(`SSO_SECRET must have at least ${SHORTEST_SECRET} characters.`);
		}
		return { kind: 'secret', secret };
	}
	if (jwksUrl) {
		if (!isTrustworthy(jwksUrl)) {
			problems.push('SSO_JWKS_URL must begin with https:// (http:// only on this machine).');
		}
		return { kind: 'set', url: jwksUrl };
	}
	if (pem && !isPublicKey(pem)) {
		problems.push('SSO_PUBLIC_KEY must be a public key in PEM, or the path of a file with one.');
	}
	return pem ? { kind: 'public', pem } : null;
}

/** Reads the settings of single sign-on; null where none is set up. What is wrong is added to `problems`. */
export function readSingleSignOn(
	texts: SsoTexts,
	origin: string | null,
	problems: string[]
): SingleSignOn | null {
	const { secret, jwksUrl, publicKey, issuer, url, name, roles } = texts;
	if (![secret, jwksUrl, publicKey, issuer, url].some(Boolean)) return null;
	const key = readKey(texts, problems);
	if (![secret, jwksUrl, publicKey].some(Boolean)) {
		problems.push('Single sign-on needs SSO_SECRET, SSO_JWKS_URL or SSO_PUBLIC_KEY.');
	}
	if (issuer === '') problems.push('SSO_ISSUER must be set: who signs the tokens.');
	if (!isTrustworthy(url)) {
		problems.push('SSO_URL must begin with https:// (http:// only on this machine).');
	}
	if (origin === null)
		problems.push('ORIGIN must be set for single sign-on: tokens are made for it.');
	return key && { name: name || 'the newspaper', issuer, url, key, roles };
}
