/** How Node is told to load our programs, and how much memory the server may take. */
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { environment, root } from './process.js';

/** What HEAP_MB is without being set, and is at least, as in src/lib/server/config.ts. */
const HEAP_MB = 1024;
const LEAST_HEAP_MB = 128;

/** For every program of ours: see orm.js. */
export const LOADING = [
	`--import=${pathToFileURL(path.join(root, 'src', 'bootstrap', 'orm.js')).href}`
];

/**
 * The server's. Without them Node goes by the machine: where that has 24 GB, new objects get 128 MB, and
 * old ones are collected only when there are four times as many as the last time left.
 * @param {NodeJS.ProcessEnv} [env] What its NODE_OPTIONS say of memory is left as it is.
 */
export function serverFlags(env = process.env) {
	const wanted = (env.HEAP_MB ?? '').trim();
	// About what is wrong the server itself complains.
	const heap = /^\d{1,6}$/.test(wanted) && Number(wanted) >= LEAST_HEAP_MB ? wanted : HEAP_MB;
	const memory = [
		'--max-semi-space-size=8',
		'--heap-growing-percent=50',
		`--max-old-space-size=${heap}`
	];
	const options = (env.NODE_OPTIONS ?? '').replaceAll('_', '-');
	return [...LOADING, ...memory.filter((flag) => !options.includes(flag.split('=')[0]))];
}

/** From where on glibc gives what was freed back to the machine (bytes); by itself it comes to think of 32 MB. */
const GIVEN_BACK = '131072';

/**
 * The server's environment. glibc gives each thread that asks a heap of its own, and they hardly shrink:
 * two serve all threads, and with the bounds take 30 MB less. What Node compiled is kept from one start to
 * the next, which saves half of the start, and another 15 MB.
 * @param {NodeJS.ProcessEnv} [env] What it says of any of these is left as it is.
 */
export function serverEnvironment(env = process.env) {
	return environment({
		NODE_ENV: env.NODE_ENV ?? 'production',
		MALLOC_ARENA_MAX: env.MALLOC_ARENA_MAX ?? '2',
		MALLOC_MMAP_THRESHOLD_: env.MALLOC_MMAP_THRESHOLD_ ?? GIVEN_BACK,
		MALLOC_TRIM_THRESHOLD_: env.MALLOC_TRIM_THRESHOLD_ ?? GIVEN_BACK,
		NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? path.join(root, 'build', '.compiled')
	});
}
