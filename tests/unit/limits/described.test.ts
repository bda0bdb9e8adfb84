import { expect, test } from 'vitest';
import { LIMITS, rateOf } from '#lib/server/limits/described.ts';
import * as named from '#lib/server/limits/named.ts';

test('I14 every limit on what people do is told, as it is', () => {
	const { securityEvent, ...all } = named as Record<string, named.Limit>;
	// Of no act of anybody's.
	expect(securityEvent.name).toBe('security-event');
	const told = LIMITS.map(({ name, allowances }) => [name, allowances]);
	const held = Object.values(all).map(({ name, allowances }) => [name, allowances]);
	expect(told.sort()).toEqual(held.sort());
});

test('a rate is told in words', () => {
	const limit = LIMITS.find(({ name }) => name === 'post')!;
	expect(rateOf(limit, 'account')).toBe('60 at once, then one every 5 seconds');
	expect(rateOf(limit, 'network')).toBe('300 at once, then 2 a second');
	const signUp = LIMITS.find(({ name }) => name === 'sign-up')!;
	expect([rateOf(signUp, 'account'), rateOf(signUp, 'network')]).toEqual([
		...['', '50 at once, then one a minute']
	]);
});
