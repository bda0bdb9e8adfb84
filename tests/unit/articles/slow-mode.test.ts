import { expect, test } from 'vitest';
import { slowModeWords, spacing, waitAfter } from '#lib/server/articles/slow-mode.ts';

test.each([
	['off', 60, 5, 0],
	['fixed', 60, 5, 60],
	['growing', 60, 0, 60],
	['growing', 60, 3, 240],
	['growing', 60, 10, 660],
	['growing', 60, 99, 660]
] as const)('%s, %d seconds, %d reports: %d', (slowMode, slowSeconds, reports, seconds) => {
	expect(spacing({ slowMode, slowSeconds }, reports)).toBe(seconds);
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
