import { setTimeout } from 'node:timers/promises';
import { migrate } from '#lib/server/database/migrate.ts';
import { startSite } from '../../support/server.ts';
import { holds, median, tell } from '../support/figure.ts';
import { KINDS, startLoad } from './load.ts';
import { newsroom } from './newsroom.ts';
import { startReaders } from './readers.ts';
import { sample, type Sample } from './samples.ts';
import { slope, thirds, verdict } from './verdict.ts';

const READERS = 1000;
const MOST_SAMPLES = 240;
const SAMPLE_EVERY_S = 2;
const SHOWN = 12;

function row(cells: (string | number)[]): string {
	const texts = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell));
	return texts.map((text) => text.padStart(10)).join('');
}

function shown(one: Sample): string {
	const { at, memory, heap, reserved, external, descriptors, wal, lag, streams, p99 } = one;
	const times = KINDS.map((kind) => (p99[kind] === null ? '–' : p99[kind].toFixed(0)));
	return row([
		`${at.toFixed(0)} s`,
		memory,
		heap,
		reserved,
		external,
		`${descriptors}`,
		wal ?? '–',
		lag,
		`${streams}`,
		...times
	]);
}

const HEAD = row([
	'at',
	'RSS MB',
	'heap MB',
	'of MB',
	'ext. MB',
	'fds',
	'WAL MB',
	'lag ms',
	'streams',
	...KINDS
]);

const TOLD = 10;

/** The first lines of what the server wrote of errors. */
function errorsOf(output: string): string[] {
	const lines = output.split('\n').filter((line) => line.includes('"level":"error"'));
	return lines.length > TOLD ? [...lines.slice(0, TOLD), `… ${lines.length} in all`] : lines;
}

/** Loads a site in an empty database and tells how it goes. @returns whether everything held */
export async function soak(
	databaseUrl: string,
	seconds: number,
	asJson: boolean
): Promise<boolean> {
	process.stderr.write('Making a site …\n');
	await migrate(databaseUrl);
	const room = await newsroom(databaseUrl);
	const site = await startSite({ databaseUrl, env: { RATE_LIMITS: 'off' } });
	const readers = await startReaders(site.url, room.articles, READERS);
	const load = startLoad(room, site.url);
	process.stderr.write(`${HEAD}   (99th percentiles in ms)\n`);
	const count = Math.min(MOST_SAMPLES, Math.ceil(seconds / SAMPLE_EVERY_S));
	const start = performance.now();
	const samples: Sample[] = [];
	for (let number = 1; number <= count; number++) {
		const due = start + (number / count) * seconds * 1000;
		await setTimeout(Math.max(0, due - performance.now()));
		const one = await sample(site, load, readers, (performance.now() - start) / 1000);
		samples.push(one);
		if (number % Math.ceil(count / SHOWN) === 0) process.stderr.write(`${shown(one)}\n`);
	}
	await load.stop();
	readers.stop();
	const { code } = await site.stop();

	const figures = verdict(samples, load);
	const { middle, last } = thirds(samples);
	const warm = [...middle, ...last];
	const total = KINDS.map((kind) => {
		const { done, failed, leftOut } = load.tallies[kind];
		return `${kind} ${done} (${failed} failed, ${leftOut} left out)`;
	});
	const p99s = KINDS.map((kind) => {
		const times = warm.flatMap(({ p99 }) => p99[kind] ?? []);
		return `${kind} ${times.length > 0 ? median(times).toFixed(0) : '–'}`;
	});
	process.stderr.write(
		[
			...load.faults,
			`requests: ${total.join(', ')}`,
			`news heard: ${readers.heard()}`,
			`99th percentiles in ms, in the middle: ${p99s.join(', ')}; lag ${median(warm.map(({ lag }) => lag)).toFixed(0)}`,
			`RSS grows by ${slope(warm, ({ memory }) => memory).toFixed(1)} MB an hour, the heap by ${slope(warm, ({ heap }) => heap).toFixed(1)} MB`,
			`the server ended with ${code}`,
			...errorsOf(site.output()),
			''
		].join('\n')
	);
	tell(figures, asJson);
	return figures.every(holds) && code === 0;
}
