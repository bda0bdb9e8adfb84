// `npm run soak [-- --minutes N] [-- --json]`: an hour of mixed load on the production build.
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSite } from '../../support/server.ts';
import { holds, median, tell } from '../support/figure.ts';
import { KINDS, startLoad } from './load.ts';
import { newsroom } from './newsroom.ts';
import { startReaders } from './readers.ts';
import { sample, type Sample } from './samples.ts';
import { slope, thirds, verdict } from './verdict.ts';

// Limits are for people: a load would meet them at once. The settings are read when they are first needed.
process.env.RATE_LIMITS = 'off';

const READERS = 1000;
const MOST_SAMPLES = 240;
const SAMPLE_EVERY_S = 2;
const SHOWN = 12;
const MINUTE = 60;

const { values: options } = parseArgs({
	options: { minutes: { type: 'string', default: '60' }, json: { type: 'boolean', default: false } }
});
const seconds = Number(options.minutes) * MINUTE;
if (!(seconds > 0)) throw new Error('--minutes must be a number above 0.');

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
		wal,
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

process.stderr.write('Making a site …\n');
const room = await newsroom();
const site = await startSite({ databaseUrl: room.databaseUrl, env: { RATE_LIMITS: 'off' } });
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
		''
	].join('\n')
);
tell(figures, options.json);
process.exit(figures.every(holds) && code === 0 ? 0 : 1);
