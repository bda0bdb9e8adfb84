import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recently } from '#lib/server/database/sqlite-version.ts';

let version: number | null;
let commits: number;
let looks: number;
let recent: () => number | null;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['performance'] });
	[version, commits, looks] = [1, 0, 0];
	recent = recently(
		() => {
			looks++;
			return version;
		},
		() => commits
	);
});
afterEach(() => {
	vi.useRealTimers();
});

test('many who ask within half a millisecond look once', () => {
	expect([recent(), recent(), recent()]).toEqual([1, 1, 1]);
	expect(looks).toBe(1);
});

test('what others commit is seen half a millisecond later', () => {
	recent();
	version = 2;
	expect(recent()).toBe(1);
	vi.advanceTimersByTime(1);
	expect(recent()).toBe(2);
});

test('what this process commits is seen at once', () => {
	recent();
	version = 2;
	commits++;
	expect(recent()).toBe(2);
});

test('that nothing is known any more is seen as well', () => {
	recent();
	version = null;
	vi.advanceTimersByTime(1);
	expect(recent()).toBeNull();
});
