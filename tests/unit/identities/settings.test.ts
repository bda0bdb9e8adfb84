import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/server/config.ts';

const SECRET = 'keep-this-to-yourself-it-is-a-secret';
const ENTRY = {
	...{ key: 'letters', name: 'Letters', issuer: 'https://id.example.org' },
	...{ client_id: 'talk', client_secret: SECRET }
};
const SSO = {
	...{ ORIGIN: 'https://talk.example.org', SSO_URL: 'https://www.example.org/in' },
	...{ SSO_ISSUER: 'https://www.example.org', SSO_SECRET: SECRET }
};

function problemsOf(environment: NodeJS.ProcessEnv): string {
	try {
		readConfig(environment);
		return '';
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		return error.problems.join('\n');
	}
}

function withProvider(change: object): string {
	return problemsOf({ OIDC_PROVIDERS: JSON.stringify([{ ...ENTRY, ...change }]) });
}

test('without settings there is nothing', () => {
	expect(readConfig({})).toMatchObject({ providers: [], singleSignOn: null });
});

test('providers stand in the environment or in a file', () => {
	const OIDC_PROVIDERS = JSON.stringify([ENTRY]);
	const directory = mkdtempSync(join(tmpdir(), 'afterword-'));
	const path = join(directory, 'providers.json');
	writeFileSync(path, OIDC_PROVIDERS);
	const expected = [{ key: 'letters', clientId: 'talk', clientSecret: SECRET }];
	for (const text of [OIDC_PROVIDERS, path, `file://${path}`]) {
		expect(readConfig({ OIDC_PROVIDERS: text }).providers).toMatchObject(expected);
	}
	rmSync(directory, { recursive: true });
	expect(problemsOf({ OIDC_PROVIDERS: path })).toMatch(/file that cannot be read/);
});

test.each([
	['a key that is no word', { key: 'A b' }, /key of number 1/],
	['the key of single sign-on', { key: 'sso' }, /key of number 1/],
	['no name', { name: ' ' }, /needs a name/],
	['no client', { client_id: undefined }, /must have key/],
	['an issuer by http', { issuer: 'http://id.example.org' }, /issuer of number 1/],
	['an issuer that is none', { issuer: 'id' }, /issuer of number 1/],
	['an issuer with a password', { issuer: 'https://a:b@id.example.org' }, /issuer of number 1/]
])('refuses %s, and repeats no secret', (_, change, words) => {
	expect(withProvider(change)).toMatch(words);
	expect(withProvider(change)).not.toContain(SECRET);
});

test('http is enough on this machine', () => {
	expect(withProvider({ issuer: 'http://127.0.0.1:4000' })).toBe('');
	expect(withProvider({ issuer: 'http://localhost' })).toBe('');
});

test.each([
	['what is no JSON', `[${SECRET}`],
	['no list', JSON.stringify(ENTRY)],
	['one key twice', JSON.stringify([ENTRY, ENTRY])]
])('refuses %s', (_, OIDC_PROVIDERS) => {
	const problems = problemsOf({ OIDC_PROVIDERS });
	expect(problems).toMatch(/OIDC_PROVIDERS/);
	expect(problems).not.toContain(SECRET);
});

test('single sign-on by a secret', () => {
	expect(readConfig(SSO).singleSignOn).toEqual({
		...{ name: 'the newspaper', issuer: SSO.SSO_ISSUER, url: SSO.SSO_URL, roles: false },
		key: { kind: 'secret', secret: SECRET }
	});
});

test.each([
	['a short secret', { SSO_SECRET: 'short' }, /at least 32/],
	['two keys', { SSO_JWKS_URL: 'https://www.example.org/keys' }, /Only one of/],
	['no key', { SSO_SECRET: '' }, /needs SSO_SECRET/],
	['no issuer', { SSO_ISSUER: '' }, /SSO_ISSUER must be set/],
	['no address', { SSO_URL: '' }, /SSO_URL must begin/],
	['no origin', { ORIGIN: '' }, /ORIGIN must be set for single sign-on/],
	['keys by http', { SSO_SECRET: '', SSO_JWKS_URL: 'http://www.example.org' }, /SSO_JWKS_URL/],
	['a key that is none', { SSO_SECRET: '', SSO_PUBLIC_KEY: 'x' }, /SSO_PUBLIC_KEY/]
])('single sign-on refuses %s', (_, change, words) => {
	expect(problemsOf({ ...SSO, ...change })).toMatch(words);
});
