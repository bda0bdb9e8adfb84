import { expect, test } from 'vitest';
import { readConfig } from '#lib/server/config.ts';

test.each([
	[{}, true],
	[{ RATE_LIMITS: 'on' }, true],
	[{ RATE_LIMITS: 'off' }, false]
])('%j', (environment, expected) => {
	expect(readConfig(environment).rateLimits).toBe(expected);
});

test('anything else stops the start', () => {
	expect(() => readConfig({ RATE_LIMITS: 'maybe' })).toThrow(/RATE_LIMITS must be on or off/);
});
