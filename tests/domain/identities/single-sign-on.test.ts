import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as clock from '#lib/server/clock.ts';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { previousNames } from '#lib/server/database/schema.ts';
import * as joining from '#lib/server/identities/joining.ts';
import type { SsoKey } from '#lib/server/identities/settings.ts';
import * as sso from '#lib/server/identities/single-sign-on.ts';
import { person, refusal, stranger } from '../accounts/support/people.ts';
import { testDatabase } from '../support/database.ts';
import * as given from '../support/settings.ts';

const AUDIENCE = 'https://talk.example.org';
const ISSUER = 'https://www.example.org';
const SECRET = 'a secret of at least thirty-two characters';
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });

let db: Database;
beforeAll(async () => void (db = await testDatabase()));
afterEach(() => clock.shift(0));

function setUp(key: SsoKey, roles = false) {
	const url = `${ISSUER}/sign-in`;
	config().singleSignOn = { name: 'The Gazette', issuer: ISSUER, url, key, roles };
}
beforeEach(() => setUp({ kind: 'secret', secret: SECRET }));

type Claims = Record<string, unknown>;

/** What a right token says, changed; undefined takes a claim away. */
function claims(change: Claims = {}): Claims {
	const at = Math.floor(Date.now() / 1000);
	const right = { iss: ISSUER, aud: AUDIENCE, iat: at, exp: at + 120, jti: randomUUID() };
	return { ...right, sub: 'reader-1', name: 'Gaz Reader', ...change };
}

function sign(change: Claims = {}, secret = SECRET): Promise<string> {
	const signer = new SignJWT(claims(change)).setProtectedHeader({ alg: 'HS256' });
	return signer.sign(new TextEncoder().encode(secret));
}

function enter(token: string, actor = stranger()) {
	return sso.enter(db, actor, { token, audience: AUDIENCE, next: '/', secret: '', sent: null });
}

async function join(change: Claims, name = String(change.name)) {
	const arrival = await enter(await sign(change));
	if (arrival.kind !== 'new') return expect.fail(`Expected a newcomer, got ${arrival.kind}.`);
	const actor = stranger();
	return (await joining.join(db, actor, { secret: arrival.secret, name })).account;
}

async function again(change: Claims) {
	const arrival = await enter(await sign(change));
	return arrival.kind === 'known' ? arrival.account : expect.fail('Expected somebody known.');
}

test('a newcomer joins, and comes back as the same', async () => {
	const account = await join({ sub: 'a', name: 'Ann Gazette' });
	expect(account).toMatchObject({ name: 'Ann Gazette', role: 'reader' });
	expect((await again({ sub: 'a', name: 'Ann Gazette' })).id).toBe(account.id);
});

test('a new name there follows, and the old one stays theirs', async () => {
	const { id } = await join({ sub: 'b', name: 'Bea Before' });
	expect(await again({ sub: 'b', name: 'Bea Behind' })).toMatchObject({ id, name: 'Bea Behind' });
	const kept = await db.read.select().from(previousNames).where(eq(previousNames.accountId, id));
	expect(kept).toMatchObject([{ name: 'Bea Before' }]);
	expect(await again({ sub: 'b', name: 'Bea Before' })).toMatchObject({ id, name: 'Bea Before' });
});

test('a name that somebody has, or that we do not allow, does not follow', async () => {
	await person(db, 'Has It');
	await join({ sub: 'c', name: 'Cleo Own' });
	expect((await again({ sub: 'c', name: 'Has It' })).name).toBe('Cleo Own');
	expect((await again({ sub: 'c', name: 'admin' })).name).toBe('Cleo Own');
});

test('a name conflict lets the newcomer choose another', async () => {
	await person(db, 'Conflicted Name');
	const account = await join({ sub: 'd', name: 'Conflicted Name' }, 'Another Choice');
	expect(account.name).toBe('Another Choice');
});

test('an address that has an account is never linked by itself', async () => {
	await person(db, 'Here First');
	const email = 'here.first@example.org';
	const token = await sign({ sub: 'e', email, email_verified: true });
	expect((await refusal(enter(token))).code).toBe('sign-in-to-link');
});

describe('a role', () => {
	test('is not taken from a token', async () => {
		const account = await join({ sub: 'f', name: 'Fay Claims', role: 'editor' });
		expect(account.role).toBe('reader');
	});

	test('follows where the newsroom wants that, but makes no administrator', async () => {
		setUp({ kind: 'secret', secret: SECRET }, true);
		const change = { sub: 'g', name: 'Gil Desk' };
		expect((await join({ ...change, role: 'moderator' })).role).toBe('moderator');
		expect((await again({ ...change, role: 'admin' })).role).toBe('moderator');
		expect((await again(change)).role).toBe('moderator');
		expect((await again({ ...change, role: 'reader' })).role).toBe('reader');
	});
});

describe('is refused:', () => {
	const at = () => Math.floor(Date.now() / 1000);
	const parts = (header: Claims) =>
		[header, claims()].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url'));

	test.each<[string, () => string | Promise<string>]>([
		['no token', () => ''],
		['alg none', () => `${parts({ alg: 'none' }).join('.')}.`],
		['another secret', () => sign({}, 'another secret of thirty-two letters!')],
		['another issuer', () => sign({ iss: 'https://evil.example' })],
		['another audience', () => sign({ aud: 'https://evil.example' })],
		['no audience', () => sign({ aud: undefined })],
		['an end in the past', () => sign({ iat: at() - 200, exp: at() - 60 })],
		['an end far ahead', () => sign({ exp: at() + 3600 })],
		['no end', () => sign({ exp: undefined })],
		['no beginning', () => sign({ iat: undefined })],
		['a beginning long ago', () => sign({ iat: at() - 3600 })],
		['no jti', () => sign({ jti: undefined })],
		['an empty jti', () => sign({ jti: '' })],
		['a jti that is no text', () => sign({ jti: 7 })],
		['no subject', () => sign({ sub: undefined })],
		['no name', () => sign({ name: undefined })],
		['a very long one', () => sign({ name: 'x'.repeat(10_000) })]
	])('%s', async (_, token) => {
		const refused = await refusal(enter(await token()));
		expect([refused.status, refused.code]).toEqual([400, 'bad-sign-in']);
		expect(refused.message).toMatch(/you are not signed in/);
	});

	test('one that was used, also by two at once', async () => {
		const token = await sign({ sub: 'once' });
		const outcomes = await Promise.allSettled([enter(token), enter(token)]);
		expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((await refusal(enter(token))).message).toMatch(/used already/);
	});

	test('a symmetric signature with the public key as the secret', async () => {
		const pem = RSA.publicKey.export({ type: 'spki', format: 'pem' }).toString();
		setUp({ kind: 'public', pem });
		expect((await refusal(enter(await sign({}, pem)))).code).toBe('bad-sign-in');
		const signer = new SignJWT(claims({ sub: 'rsa' })).setProtectedHeader({ alg: 'RS256' });
		expect((await enter(await signer.sign(RSA.privateKey))).kind).toBe('new');
		const other = new SignJWT(claims({ sub: 'rsa' })).setProtectedHeader({ alg: 'RS512' });
		expect((await refusal(enter(await other.sign(RSA.privateKey)))).code).toBe('bad-sign-in');
	});
});

describe('the newsroom’s keys', () => {
	const PAIRS = {
		RS256: RSA,
		ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
		EdDSA: generateKeyPairSync('ed25519')
	};
	type Alg = keyof typeof PAIRS;
	const ALGS = Object.keys(PAIRS) as Alg[];

	function signedBy(alg: Alg, kid?: string): Promise<string> {
		const signer = new SignJWT(claims({ sub: `${alg} ${kid}` })).setProtectedHeader({ alg, kid });
		return signer.sign(PAIRS[alg].privateKey);
	}

	test.each(ALGS)('sign with %s', async (alg) => {
		const pem = PAIRS[alg].publicKey.export({ type: 'spki', format: 'pem' }).toString();
		setUp({ kind: 'public', pem });
		expect((await enter(await signedBy(alg))).kind).toBe('new');
		for (const other of ALGS.filter((one) => one !== alg)) {
			expect((await refusal(enter(await signedBy(other)))).code, other).toBe('bad-sign-in');
		}
	});

	test('are fetched as a set, each known by its name', async () => {
		const keys = ALGS.map((alg) => {
			const kid = `key-${alg}`;
			return { ...PAIRS[alg].publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
		});
		let fetches = 0;
		const server = createServer((_request, response) => {
			fetches += 1;
			response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		try {
			const { port } = server.address() as AddressInfo;
			setUp({ kind: 'set', url: `http://127.0.0.1:${port}/keys` });
			for (const alg of ALGS) {
				expect((await enter(await signedBy(alg, `key-${alg}`))).kind, alg).toBe('new');
			}
			const stolen = await refusal(enter(await signedBy('ES256', 'key-RS256')));
			expect(stolen.code).toBe('bad-sign-in');
			expect((await refusal(enter(await signedBy('ES256', 'no-key')))).code).toBe('bad-sign-in');
			expect(fetches).toBe(1);
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});

	test('that cannot be had sign nobody in', async () => {
		given.reset();
		setUp({ kind: 'set', url: 'http://127.0.0.1:1/keys' });
		expect((await refusal(enter(await signedBy('RS256', 'key-RS256')))).code).toBe('bad-sign-in');
	});
});

test('only the browser that was sent off is signed in without a question, once', async () => {
	const actor = stranger();
	const back = `${AUDIENCE}/sign-in/sso`;
	const { url, secret } = await sso.begin(db, actor, { next: '/n', links: false, back });
	const returnTo = new URL(new URL(url).searchParams.get('return_to')!);
	expect(url.startsWith(`${ISSUER}/sign-in?`)).toBe(true);
	const state = returnTo.searchParams.get('state')!;
	expect(await sso.sentBy(db, actor, { secret: 'x', state })).toBeNull();
	expect(await sso.sentBy(db, actor, { secret, state: 'x' })).toBeNull();
	const sent = await sso.sentBy(db, actor, { secret, state });
	expect(sent).toEqual({ next: '/n', linksTo: null });
	const input = { audience: AUDIENCE, next: '/n', secret, sent };
	await sso.enter(db, actor, { ...input, token: await sign({ sub: 'h' }) });
	const twice = sso.enter(db, actor, { ...input, token: await sign({ sub: 'h' }) });
	expect((await refusal(twice)).code).toBe('bad-sign-in');
});

test('the page that asks learns the name without using the token up', async () => {
	const token = await sign({ sub: 'i', name: 'Ida Asked' });
	expect(await sso.nameIn(token, AUDIENCE)).toBe('Ida Asked');
	expect((await enter(token)).kind).toBe('new');
});

test('where there is none, there is no such page', async () => {
	config().singleSignOn = null;
	expect((await refusal(enter(await sign()))).status).toBe(404);
});
