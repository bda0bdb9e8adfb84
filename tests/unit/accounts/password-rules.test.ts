import { describe, expect, test } from 'vitest';
import { check, common, isMadeOfContext } from '#lib/server/accounts/passwords/password-rules.ts';

const CONTEXT = { site: 'The Daily Gull', name: 'Adam Reyher7', email: 'areyher@example.org' };

describe('refused', () => {
	test.each([
		['seven characters', 'k3!pQ9z', 'password-short'],
		['seven emoji', '🌿'.repeat(7), 'password-short'],
		['257 characters', 'k'.repeat(257), 'password-long'],
		['a megabyte', 'k'.repeat(1_000_000), 'password-long'],
		['a common one', 'password123', 'password-common'],
		['a row of keys', 'qwertyuiop', 'password-common'],
		['a common one in capitals', 'PASSWORD123', 'password-common'],
		['the name and a year', 'Adam Reyher72024', 'password-context'],
		['the name without its digit', 'adamreyher2024', 'password-context'],
		['part of the name', 'Reyher2024!', 'password-context'],
		['the site', 'dailygull123', 'password-context'],
		['the site as written', 'The Daily Gull!', 'password-context'],
		['the software', 'afterword123', 'password-context'],
		['the address', 'areyher#2024', 'password-context'],
		['digits within', 'ad4am-reyher', 'password-context'],
		['the name and little more', 'adamreyherxyz', 'password-context']
	])('%s', async (_, password, code) => {
		const refused = await check(password, CONTEXT).then(
			() => null,
			(thrown: { code: string }) => thrown.code
		);
		expect(refused).toBe(code);
	});
});

describe('accepted', () => {
	test.each([
		['eight characters', 'k3!pQ9zw'],
		['eight emoji', '🌿🌱🌲🌳🌴🌵🌾🍀'],
		['spaces', '   violets in   rain   '],
		['64 characters', 'violets in rain '.repeat(4)],
		['128 characters', 'violets in rain '.repeat(8)],
		['256 characters', 'violets in rain '.repeat(16)],
		['digits alone', '8392447109327'],
		['the name within a sentence', 'Reyher likes to walk at dusk']
	])('%s', async (_, password) => {
		await expect(check(password, CONTEXT)).resolves.toBeUndefined();
	});
});

test('the list has more than 3,000 passwords that are long enough', async () => {
	const list = await common();
	expect(list.size).toBeGreaterThan(3000);
	expect([...list].every((password) => password.length >= 8)).toBe(true);
});

test('short names are in too many words to count', () => {
	expect(isMadeOfContext('alabaster', { name: 'Al' })).toBe(false);
});
