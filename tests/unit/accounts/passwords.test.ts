import { argon2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as passwords from '#lib/server/accounts/passwords/passwords.ts';

const PASSPHRASE = 'Schöne grüne Wiesen 🌿 und '.padEnd(128, 'x');

function base64(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}

/** A hash as another program, or an earlier release, would have made it. */
function older(password: string, { memory = 8192, passes = 1, salt = 16 } = {}): string {
	const nonce = Buffer.alloc(salt, 7);
	const parameters = { memory, passes, parallelism: 1, tagLength: 32, nonce };
	const tag = argon2Sync('argon2id', { ...parameters, message: password });
	return `$argon2id$v=19$m=${memory},t=${passes},p=1$${base64(nonce)}$${base64(tag)}`;
}

describe('A1 hash', () => {
	test('is argon2id with at least 19 MiB, two passes and a salt of its own', async () => {
		const [a, b] = await Promise.all([passwords.hash('the same'), passwords.hash('the same')]);
		const [, algorithm, version, parameters, salt, tag] = a.split('$');
		expect([algorithm, version, parameters]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1']);
		expect(Buffer.from(salt, 'base64')).toHaveLength(16);
		expect(Buffer.from(tag, 'base64')).toHaveLength(32);
		expect(a).not.toBe(b);
	});

	test('is of the whole password', async () => {
		const phc = await passwords.hash(PASSPHRASE);
		expect(await passwords.verify(phc, PASSPHRASE)).toBe(true);
		expect(await passwords.verify(phc, `${PASSPHRASE.slice(0, -1)}y`)).toBe(false);
		expect(await passwords.verify(phc, PASSPHRASE.toLowerCase())).toBe(false);
	});

	test('is the same for every way of typing it', async () => {
		const phc = await passwords.hash('caf\u00e9 au lait');
		expect(await passwords.verify(phc, 'cafe\u0301 au lait')).toBe(true);
	});
});

describe('verify', () => {
	test.each([
		['nothing', ''],
		['another algorithm', '$scrypt$ln=17,r=8,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g'],
		['argon2i', older('secret words').replace('argon2id', 'argon2i')],
		['a bomb', older('secret words').replace('m=8192', 'm=999999999')],
		['a cut one', older('secret words').slice(0, 60)]
	])('says no to %s', async (_, phc) => {
		expect(await passwords.verify(phc, 'secret words')).toBe(false);
	});

	test('reads older parameters', async () => {
		expect(await passwords.verify(older('secret words'), 'secret words')).toBe(true);
	});

	test('has a stand-in for names that nobody has', async () => {
		expect(await passwords.dummyVerify('anything')).toBe(false);
	});
});

test.each([
	['less memory', older('x'), true],
	['fewer passes', older('x', { memory: 19_456 }), true],
	['a short salt', older('x', { memory: 19_456, passes: 2, salt: 8 }), true],
	['no hash', 'x', true],
	['today’s', older('x', { memory: 19_456, passes: 2 }), false]
])('rehash: %s', (_, phc, needed) => expect(passwords.needsRehash(phc)).toBe(needed));
