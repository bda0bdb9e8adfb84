import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { onceATurn, recently } from '#lib/server/database/sqlite-version.ts';

let version: number | null;
let commits: number;
let looks: number;
const look = () => {
	looks++;
	return version;
};

beforeEach(() => {
	[version, commits, looks] = [1, 0, 0];
});

test.each([
	['of a moment ago', recently],
	['of a turn', onceATurn]
])('the version %s is not an old one after a look that failed', (_, kind) => {
	vi.useFakeTimers({ toFake: ['performance'] });
	let fails = false;
	const current = kind(
		() => {
			if (fails) throw new Error('no such file');
			return look();
		},
		() => commits
	);
	expect(current()).toBe(1);
	[fails, version] = [true, 2];
	commits++;
	expect(current).toThrow('no such file');
	fails = false;
	expect(current()).toBe(2);
	vi.useRealTimers();
});

describe('the version of a moment ago', () => {
	let recent: () => number | null;

	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['performance'] });
		recent = recently(look, () => commits);
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
});

describe('the version of a turn', () => {
	let current: () => number | null;

	beforeEach(() => {
		current = onceATurn(look, () => commits);
	});

	/** Callbacks of the event loop, one after the other. */
	function turns(...acts: (() => unknown)[]): Promise<void> {
		return new Promise((resolve) => {
			for (const act of acts) setImmediate(act);
			setImmediate(resolve);
		});
	}

	test('is looked up once, however many promises are kept in between', async () => {
		await turns(async () => {
			// What is done before the first promise is a turn of its own.
			await Promise.resolve();
			current();
			for (let n = 0; n < 100; n++) await Promise.resolve();
			expect(current()).toBe(1);
		});
		expect(looks).toBe(1);
	});

	test('what others commit is seen by what comes next', async () => {
		const seen: (number | null)[] = [];
		const ask = () => void seen.push(current());
		await turns(
			ask,
			() => void version!++,
			ask,
			() => (version = null),
			ask
		);
		expect(seen).toEqual([1, 2, null]);
	});

	test('what this process commits is seen at once', async () => {
		await turns(() => {
			current();
			version = 2;
			commits++;
			expect(current()).toBe(2);
		});
		expect(looks).toBe(2);
	});
});
