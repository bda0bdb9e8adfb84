import { atMost, median, type Figure } from '../support/figure.ts';
import type { Load } from './load.ts';
import type { Sample } from './samples.ts';

const HOUR = 3600;

/** How much something grows in an hour, by the straight line that fits best. */
export function slope(samples: Sample[], of: (sample: Sample) => number): number {
	const at = samples.map((sample) => sample.at);
	const values = samples.map(of);
	const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
	const [middle, height] = [mean(at), mean(values)];
	const spread = at.reduce((sum, x) => sum + (x - middle) ** 2, 0);
	if (spread === 0) return 0;
	const together = at.reduce((sum, x, n) => sum + (x - middle) * (values[n] - height), 0);
	return (together / spread) * HOUR;
}

/** The samples once caches are warm: the middle third, and the last. */
export function thirds(samples: Sample[]): { middle: Sample[]; last: Sample[] } {
	const third = Math.floor(samples.length / 3);
	return { middle: samples.slice(third, 2 * third), last: samples.slice(2 * third) };
}

/**
 * What must hold: memory and file descriptors of the last third are those of the middle one, the
 * write-ahead log is bounded, and everything was answered. Resident memory is compared by its medians;
 * what JavaScript uses of it goes up and down with collections that a short run hardly sees.
 */
export function verdict(samples: Sample[], { tallies }: Load): Figure[] {
	const { middle, last } = thirds(samples);
	const growth = (of: (sample: Sample) => number) => median(last.map(of)) / median(middle.map(of));
	const wal = samples.flatMap((sample) => sample.wal ?? []);
	const failed = Object.values(tallies).reduce((sum, tally) => sum + tally.failed, 0);
	return [
		atMost(
			'soak.memory',
			1.05,
			growth(({ memory }) => memory)
		),
		atMost(
			'soak.descriptors',
			1.02,
			growth(({ descriptors }) => descriptors)
		),
		...(wal.length > 0 ? [atMost('soak.wal', 64, Math.max(...wal), 'MB')] : []),
		atMost('soak.failed', 0, failed)
	];
}
