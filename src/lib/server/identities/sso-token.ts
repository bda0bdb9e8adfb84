import { createPublicKey } from 'node:crypto';
import {
	createRemoteJWKSet,
	errors,
	jwtVerify,
	type JWTPayload,
	type JWTVerifyOptions
} from 'jose';
import { ROLES, type Role } from '../actor.ts';
import { now } from '../clock.ts';
import { stackOf } from '../faults.ts';
import { log } from '../log.ts';
import { shared } from '../process.ts';
import { Refusal } from '../refusal.ts';
import { profileOf, type Profile } from './profile.ts';
import { SSO, type SingleSignOn, type SsoKey } from './settings.ts';

/** What a token of the newsroom's says. */
export interface Token {
	profile: Profile;
	/** What it is told from all others by. */
	id: string;
}

/** A token works for so long at most; it goes from one page straight to the next. */
export const TOKEN_SECONDS = 300;
// Clocks of two machines differ a little.
const TOLERANCE_SECONDS = 30;
const KEYS_TIMEOUT_MS = 5000;
const LONGEST_TOKEN = 8000;
const LONGEST_ID = 200;
// An administrator is made here and nowhere else.
const GIVEN: readonly Role[] = ROLES.filter((role) => role !== 'admin');

/** 400 with the same way out, whatever was wrong. */
function bad(what: string): Refusal {
	return new Refusal(400, 'bad-sign-in', `${what}, so you are not signed in. Please begin again.`);
}

/** 400 for a token that was used. */
export function used(): Refusal {
	return bad('This sign-in was used already');
}

function unreliable(): Refusal {
	return bad('This sign-in cannot be relied on');
}

function remoteKeys(url: string) {
	const options = { timeoutDuration: KEYS_TIMEOUT_MS };
	return shared('sso-keys', () => createRemoteJWKSet(new URL(url), options));
}

async function verified(
	token: string,
	key: SsoKey,
	options: JWTVerifyOptions
): Promise<JWTPayload> {
	if (key.kind === 'secret') {
		const secret = new TextEncoder().encode(key.secret);
		return (await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload;
	}
	const asymmetric = { ...options, algorithms: ['RS256', 'ES256', 'EdDSA'] };
	if (key.kind === 'set') return (await jwtVerify(token, remoteKeys(key.url), asymmetric)).payload;
	return (await jwtVerify(token, createPublicKey(key.pem), asymmetric)).payload;
}

/** What a token failed by, in words; the log says it for the newsroom's programmers. */
function refusalOf(thrown: unknown): Refusal {
	log('warn', 'single-sign-on.refused', { stack: stackOf(thrown) });
	if (thrown instanceof errors.JWTExpired) return bad('This sign-in took too long');
	if (thrown instanceof errors.JWKSTimeout) return bad('The keys for this sign-in did not come');
	return unreliable();
}

function roleOf({ role }: JWTPayload): Role | null {
	return GIVEN.find((one) => one === role) ?? null;
}

/**
 * What a token says, after its signature, issuer, audience and times were checked.
 * @param audience our own origin.
 * @throws {Refusal} 400 for one that cannot be relied on, is too old or says too little.
 */
export async function read(
	{ key, issuer, roles }: SingleSignOn,
	token: string,
	audience: string
): Promise<Token> {
	if (token.length > LONGEST_TOKEN) throw unreliable();
	const at = now();
	const options = {
		...{ issuer, audience, currentDate: at, clockTolerance: TOLERANCE_SECONDS },
		maxTokenAge: TOKEN_SECONDS,
		requiredClaims: ['iss', 'aud', 'exp', 'iat', 'jti', 'sub', 'name']
	};
	const claims = await verified(token, key, options).catch((thrown: unknown) => {
		throw refusalOf(thrown);
	});
	const ahead = claims.exp! - at.getTime() / 1000;
	const profile = profileOf(SSO, claims);
	const { jti } = claims;
	const isIdentified = typeof jti === 'string' && jti !== '' && jti.length <= LONGEST_ID;
	if (ahead > TOKEN_SECONDS + TOLERANCE_SECONDS || !isIdentified || !profile?.name) {
		throw unreliable();
	}
	return { profile: { ...profile, role: roles ? roleOf(claims) : null }, id: jti };
}
