import { expect, test } from 'vitest';
import { isSlowMode, slowModeWords, spacing, waitAfter } from '#lib/server/articles/slow-mode.ts';
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

test('the wait is what is left of the pause, in whole seconds', () => {
	const last = new Date('2026-07-29T14:00:00Z');
	const at = (milliseconds: number) => new Date(last.getTime() + milliseconds);
	expect(waitAfter(last, 60, at(0))).toBe(60);
	expect(waitAfter(last, 60, at(59_001))).toBe(1);
	expect(waitAfter(last, 60, at(60_000))).toBe(0);
	expect(waitAfter(last, 60, at(99_000))).toBe(0);
});

test('the wait is told in seconds or minutes', () => {
	expect(slowModeWords(1)).toContain('in 1 second.');
	expect(slowModeWords(91)).toContain('in 2 minutes.');
});
