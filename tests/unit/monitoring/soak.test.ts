import { describe, expect, test } from 'vitest';
import type { Load } from '../../bench/soak/load.ts';
import type { Sample } from '../../bench/soak/samples.ts';
import { slope, verdict } from '../../bench/soak/verdict.ts';
import { holds } from '../../bench/support/figure.ts';

const COUNT = 60;
const SECONDS = 3600;

/** Samples of an hour, in which each figure goes as the functions say. */
function hour(change: Partial<Record<'memory' | 'descriptors' | 'wal', (part: number) => number>>) {
	return Array.from({ length: COUNT }, (_, n): Sample => {
		const part = n / (COUNT - 1);
		const noise = (n % 3) * 10;
		return {
			...{ at: part * SECONDS, reserved: 200, external: 10, lag: 10, streams: 1000 },
			heap: 100,
			memory: (change.memory?.(part) ?? 300) + noise,
			descriptors: change.descriptors?.(part) ?? 1050,
			wal: change.wal?.(part) ?? 4,
			p99: { read: 1, readSignedIn: 1, post: 1, vote: 1, report: 1, moderate: 1 }
		};
	});
}

/** The names of what does not hold. */
function short(samples: Sample[], failed = 0): string[] {
	const tally = { done: 100, leftOut: 0, times: [], failed };
	const load = { tallies: { read: tally } } as unknown as Load;
	return verdict(samples, load).flatMap((figure) => (holds(figure) ? [] : figure.name));
}

describe('the verdict of a soak', () => {
	test('is good when all stays as it is, also after a beginning that filled caches', () => {
		expect(short(hour({}))).toEqual([]);
		expect(short(hour({ memory: (part) => 100 + Math.min(1, part * 4) * 200 }))).toEqual([]);
	});

	test('names what grows, and what failed', () => {
		expect(short(hour({ memory: (part) => 300 + part * 100 }))).toEqual(['soak.memory']);
		expect(short(hour({ descriptors: (part) => 1050 + part * 100 }))).toEqual(['soak.descriptors']);
		expect(short(hour({ wal: (part) => (part === 0.5 ? 65 : part * 70) }))).toEqual(['soak.wal']);
		const onPostgres = hour({ wal: () => 65 }).map((one): Sample => ({ ...one, wal: null }));
		expect(short(onPostgres)).toEqual([]);
		expect(short(hour({}), 1)).toEqual(['soak.failed']);
	});

	test('tells growth by the hour', () => {
		expect(
			slope(hour({ descriptors: (part) => 3 + 12 * part }), ({ descriptors }) => descriptors)
		).toBeCloseTo(12);
		expect(slope(hour({}), ({ memory }) => memory)).toBeLessThan(5);
	});
});
