import { expect, test } from 'vitest';
import { isSlowMode, spacing } from '#lib/server/articles/slow-mode.ts';
import type { SlowMode } from '#lib/server/articles/slow-modes.ts';

test.each<[SlowMode, number, number, number]>([
	['off', 120, 0, 0],
	['off', 120, 9, 0],
	['fixed', 120, 0, 120],
	['fixed', 120, 9, 120],
	['growing', 120, 0, 120],
	['growing', 120, 1, 240],
	['growing', 120, 9, 1200],
	['growing', 120, 500, 3600],
	['growing', 7200, 0, 7200],
	['growing', 7200, 500, 7200]
])('%s, %s seconds, %s reported: %s', (slowMode, slowSeconds, reported, seconds) => {
	expect(spacing({ slowMode, slowSeconds }, reported)).toBe(seconds);
});

test('its modes have names', () => {
	expect(['off', 'fixed', 'growing', 'slow', ''].map(isSlowMode)).toEqual([
		...[true, true, true, false, false]
	]);
});
