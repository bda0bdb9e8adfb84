/** How Node is told to load our programs, and how much memory the server may take. */
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { environment, root } from './process.js';

/** What HEAP_MB is without being set, and is at least, as in src/lib/server/config.ts. */
const HEAP_MB = 1024;
const LEAST_HEAP_MB = 128;
/** The same where the machine, or the container, has little memory. */
const SMALL_HEAP_MB = 256;
const SMALL_MACHINE_MB = 4096;
/** Up to this much the server spares memory, at the price of time. */
const SPARING_MB = 512;
const MEGABYTE = 2 ** 20;

/** For every program of ours: see orm.js. */
export const LOADING = [
	`--import=${pathToFileURL(path.join(root, 'src', 'bootstrap', 'orm.js')).href}`
];

/** What the machine has, or the container allows, in megabytes. */
function machine() {
	// Without a bound Node says 0, nothing, or more than there is, by its version.
	const allowed = process.constrainedMemory?.() ?? 0;
	const all = os.totalmem();
	return (allowed > 0 && allowed < all ? allowed : all) / MEGABYTE;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {number} memory
 */
function heapOf(env, memory) {
	const wanted = (env.HEAP_MB ?? '').trim();
	// About what is wrong the server itself complains.
	if (/^\d{1,6}$/.test(wanted) && Number(wanted) >= LEAST_HEAP_MB) return Number(wanted);
	return memory < SMALL_MACHINE_MB ? SMALL_HEAP_MB : HEAP_MB;
}

/** @param {number} heap */
function isSparing(heap) {
	return heap <= SPARING_MB;
}

/**
 * The server's, so that what it takes does not depend on the machine alone. With a small heap old objects are collected
 * when they have grown by half, and new ones get an eighth of the room: up to a fifth more processor time where a discussion
 * is read that nobody read lately, for 100 MB less.
 *
 * Pretenuring is off: V8 takes what lives through a few collections while a server starts for what will always do so, and has
 * it made among the old objects from then on, by chance in some servers and not in others. What a request leaves there, dead
 * long since, keeps all that it holds alive: a quarter to two thirds more processor time for a page that has to be made.
 * @param {NodeJS.ProcessEnv} [env] What its NODE_OPTIONS say of memory is left as it is.
 * @param {number} [memory] The machine's, in megabytes.
 */
export function serverFlags(env = process.env, memory = machine()) {
	const heap = heapOf(env, memory);
	const young = isSparing(heap)
		? ['--max-semi-space-size=4', '--heap-growing-percent=50']
		: ['--max-semi-space-size=32'];
	const flags = [...young, '--no-allocation-site-pretenuring', `--max-old-space-size=${heap}`];
	const options = (env.NODE_OPTIONS ?? '').replaceAll('_', '-');
	return [...LOADING, ...flags.filter((flag) => !options.includes(flag.split('=')[0]))];
}

/** From where on glibc gives what was freed back to the machine (bytes); by itself it comes to think of 32 MB. */
const GIVEN_BACK = '131072';
/**
 * The same for a server that spares memory: then also what V8's compilers took, tens of MB in pieces of 32 kB when a load
 * begins, which would stay between what is in use.
 */
const GIVEN_BACK_SPARING = '32768';

/** How much memory finished pages may take in a server that spares it, in megabytes. */
const PAGE_CACHE_SPARING_MB = '12';

/**
 * The server's environment. glibc gives each thread that asks a heap of its own, and they hardly shrink:
 * two serve all threads, and with the bounds take 30 MB less. What Node compiled is kept from one start to
 * the next, which saves half of the start, and another 15 MB.
 * @param {NodeJS.ProcessEnv} [env] What it says of any of these is left as it is.
 * @param {number} [memory] The machine's, in megabytes.
 */
export function serverEnvironment(env = process.env, memory = machine()) {
	const spares = isSparing(heapOf(env, memory));
	const alone = spares ? GIVEN_BACK_SPARING : GIVEN_BACK;
	return environment({
		NODE_ENV: env.NODE_ENV ?? 'production',
		...(spares && { PAGE_CACHE_MB: env.PAGE_CACHE_MB?.trim() || PAGE_CACHE_SPARING_MB }),
		MALLOC_ARENA_MAX: env.MALLOC_ARENA_MAX ?? '2',
		MALLOC_MMAP_THRESHOLD_: env.MALLOC_MMAP_THRESHOLD_ ?? alone,
		MALLOC_TRIM_THRESHOLD_: env.MALLOC_TRIM_THRESHOLD_ ?? GIVEN_BACK,
		NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? path.join(root, 'build', '.compiled')
	});
}
