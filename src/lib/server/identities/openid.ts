import * as client from 'openid-client';
import { shared } from '../process.ts';
import { Refusal } from '../refusal.ts';
import { stackOf } from '../faults.ts';
import { log } from '../log.ts';
import { profileOf, type Profile } from './profile.ts';
import type { Provider } from './settings.ts';

/** What a sign-in that was begun is checked with when its answer comes. */
export interface Checks {
	state: string;
	nonce: string;
	/** Of PKCE (RFC 7636). */
	verifier: string;
}

const SCOPE = 'openid profile email';
// Somebody waits.
const TIMEOUT_SECONDS = 5;
// Providers change their keys and addresses seldom, and announce it for longer than this.
const KEPT_MS = 60 * 60_000;

interface Discovered {
	at: number;
	configuration: Promise<client.Configuration>;
}

/** The client's secret in the way that the provider takes; unless it says otherwise, by Basic. */
function authenticationBy(secret: string): client.ClientAuth {
	const basic = client.ClientSecretBasic(secret);
	const post = client.ClientSecretPost(secret);
	return (server, metadata, body, headers) => {
		const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
		const way = ways.includes('client_secret_basic') ? basic : post;
		return way(server, metadata, body, headers);
	};
}

function discover({ issuer, clientId, clientSecret }: Provider): Promise<client.Configuration> {
	const url = new URL(issuer);
	const authentication = clientSecret ? authenticationBy(clientSecret) : client.None();
	// Settings allow http on this machine only.
	const execute = url.protocol === 'http:' ? [client.allowInsecureRequests] : [];
	const options = { execute, timeout: TIMEOUT_SECONDS };
	return client.discovery(url, clientId, {}, authentication, options);
}

/** What a provider says of itself, asked once an hour; a failure is not kept. */
function configurationOf(provider: Provider): Promise<client.Configuration> {
	const known = shared('providers', () => new Map<string, Discovered>());
	const found = known.get(provider.key);
	if (found && Date.now() - found.at < KEPT_MS) return found.configuration;
	const configuration = discover(provider);
	known.set(provider.key, { at: Date.now(), configuration });
	configuration.catch(() => known.delete(provider.key));
	return configuration;
}

/** 502 for a provider that does not answer, or not as it must; why is in the log. */
function failed(provider: Provider, thrown: unknown): Refusal {
	log('warn', 'provider.failed', { provider: provider.key, stack: stackOf(thrown) });
	return new Refusal(
		502,
		'provider-failed',
		`${provider.name} gave no answer that we can rely on, so you are not signed in. Please try again, or sign in another way.`
	);
}

/** 400 for somebody who said no over there, or may not. */
function declined(provider: Provider): Refusal {
	return new Refusal(
		400,
		'provider-declined',
		`You did not sign in with ${provider.name}, so nothing was changed here. You can try again, or sign in another way.`
	);
}

/**
 * The address at the provider's at which somebody signs in, and what the answer is checked with.
 * @param back the address that the provider sends them back to.
 * @throws {Refusal} 502 when the provider does not answer.
 */
export async function ask(
	provider: Provider,
	back: string
): Promise<{ url: string; checks: Checks }> {
	const checks = {
		state: client.randomState(),
		nonce: client.randomNonce(),
		verifier: client.randomPKCECodeVerifier()
	};
	try {
		const url = client.buildAuthorizationUrl(await configurationOf(provider), {
			redirect_uri: back,
			scope: SCOPE,
			state: checks.state,
			nonce: checks.nonce,
			code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
			code_challenge_method: 'S256'
		});
		return { url: url.href, checks };
	} catch (thrown) {
		throw failed(provider, thrown);
	}
}

async function claimsOf(provider: Provider, answer: URL, checks: Checks) {
	const configuration = await configurationOf(provider);
	const tokens = await client.authorizationCodeGrant(configuration, answer, {
		expectedState: checks.state,
		expectedNonce: checks.nonce,
		pkceCodeVerifier: checks.verifier,
		idTokenExpected: true
	});
	const claims = tokens.claims()!;
	if (!configuration.serverMetadata().userinfo_endpoint) return claims;
	const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
	return { ...claims, ...more };
}

/**
 * Who signed in at the provider's: exchanges the code of its answer; issuer, audience, signature, state
 * and nonce are checked.
 * @param answer the address that the provider sent the browser back to.
 * @throws {Refusal} 400 when they declined, 502 when the answer cannot be relied on.
 */
export async function profileFrom(
	provider: Provider,
	answer: URL,
	checks: Checks
): Promise<Profile> {
	try {
		const profile = profileOf(provider.key, await claimsOf(provider, answer, checks));
		if (profile) return profile;
	} catch (thrown) {
		if (thrown instanceof client.AuthorizationResponseError) throw declined(provider);
		throw failed(provider, thrown);
	}
	throw failed(provider, new Error('The claims have no subject.'));
}
