import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { exclusively } from './exclusive.js';
import { findNode, pinned } from './node.js';
import { ON_STDERR, binaries, environment, otherPaths, root, run, say } from './process.js';

const modules = path.join(root, 'node_modules');
const lockFile = path.join(root, 'package-lock.json');
/** npm's own record of what it has put into node_modules. */
const installedFile = path.join(modules, '.package-lock.json');
/** Our record of which lock file that matched: two hashes, so that the comparison is made once. */
const stampFile = path.join(modules, '.afterword-lock');

/** How often a line says that npm is still at work where it shows no progress itself (milliseconds). */
const STILL_AT_WORK = 10_000;

/**
 * - `ci`: exactly what the lock file says, whatever was there.
 * - No install scripts: newer versions of npm skip them anyway, older ones then do the same, and
 *   none of our packages needs its own (the libraries of the tests' PostgreSQL are linked by the
 *   tests).
 * - Only errors are shown: what warns is that this Node is too old for some packages, and it is not
 *   the one that will run them.
 * - The build and the tests need the development packages, even where NODE_ENV is production.
 */
const INSTALL = [
	'ci',
	'--ignore-scripts',
	'--include=dev',
	'--include=optional',
	'--no-audit',
	'--no-fund',
	'--loglevel=error'
];

/**
 * Makes sure that node_modules holds what package-lock.json names, and that a Node new enough is
 * there. Writes to standard error only.
 * @throws {Error} With words for the person at the terminal.
 */
export async function ensureInstalled() {
	if (!isInstalled()) await exclusively('install', install);
	findNode();
}

async function install() {
	if (isInstalled()) return;
	say('Installing the packages (npm ci) …');
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const stillAtWork = setInterval(() => say(`… installing (${seconds()} s)`), STILL_AT_WORK);
	if (process.stderr.isTTY) clearInterval(stillAtWork);
	try {
		// Not with the project's own Node first: npm deletes that one as it begins.
		await clean(otherPaths());
		if (!isComplete() && existsSync(pinned)) await cleanWithPinnedNode();
	} finally {
		clearInterval(stillAtWork);
	}
	writeStamp();
	say(`Installed in ${seconds()} s.`);
}

/** npm leaves out optional packages that say they need a newer Node than the one it runs in. */
async function cleanWithPinnedNode() {
	say(`Node ${process.version} is too old for some packages: once more, with the right one …`);
	const directory = mkdtempSync(path.join(os.tmpdir(), 'afterword-node-'));
	try {
		copyFileSync(pinned, path.join(directory, 'node'));
		await clean([directory, ...otherPaths()]);
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}

/**
 * Runs npm ci.
 * @param {string[]} paths Where npm and its Node are looked for.
 */
async function clean(paths) {
	const env = environment({ PATH: paths.join(path.delimiter) });
	const code = await run('npm', INSTALL, { stdio: ON_STDERR, env });
	if (code === 0) return;
	throw new Error(
		`The packages could not be installed: npm ci ended with ${code} (its reasons are above).\n` +
			'It needs the network, or a filled npm cache; see also "npm config list".'
	);
}

function isComplete() {
	return matches(readPackages(lockFile), readPackages(installedFile));
}

/** Whether node_modules holds what package-lock.json names. */
function isInstalled() {
	if (!existsSync(installedFile)) return false;
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return true;
	if (!isComplete()) return false;
	writeStamp();
	return true;
}

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {string | string[]} [os] Only these, or with a `!` not these.
 * @property {string | string[]} [cpu]
 * @property {string | string[]} [libc]
 */

/**
 * Whether what npm says it has installed is what the lock file asks for. Optional packages may be
 * missing unless they are made for this very machine; nothing else may be missing, different or
 * left over.
 * @param {Record<string, LockedPackage>} locked `packages` of package-lock.json.
 * @param {Record<string, LockedPackage>} installed `packages` of node_modules/.package-lock.json.
 */
export function matches(locked, installed) {
	for (const [name, wanted] of Object.entries(locked)) {
		if (name === '') continue;
		const there = installed[name];
		if (there) {
			if (there.version !== wanted.version || there.integrity !== wanted.integrity) return false;
		} else if (!wanted.optional || isMadeForThisMachine(wanted)) {
			return false;
		}
	}
	return Object.keys(installed).every((name) => name in locked);
}

/** @param {LockedPackage} entry */
function isMadeForThisMachine({ os: systems, cpu, libc }) {
	if (!systems && !cpu) return false;
	return (
		allows(systems, process.platform) &&
		allows(cpu, process.arch) &&
		(!libc || allows(libc, libraryOfThisMachine()))
	);
}

/** Which C library the machine has, as package-lock.json names it. */
function libraryOfThisMachine() {
	const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
		process.report.getReport()
	);
	return report.header.glibcVersionRuntime ? 'glibc' : 'musl';
}

/**
 * @param {string | string[] | undefined} list
 * @param {string} own
 */
function allows(list, own) {
	const entries = [list ?? []].flat();
	if (entries.includes(`!${own}`)) return false;
	return entries.includes(own) || entries.every((entry) => entry.startsWith('!'));
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function readPackages(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

function stamp() {
	return `${hash(lockFile)} ${hash(installedFile)}\n`;
}

function writeStamp() {
	writeFileSync(stampFile, stamp());
}

/** @param {string} file */
function hash(file) {
	return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * The script of a package's program, to be run with `findNode()`.
 * @param {string} name As it is called under node_modules/.bin.
 */
export function program(name) {
	return path.join(binaries, name);
}

/**
 * Makes SvelteKit's generated types and its part of tsconfig.json, which every TypeScript tool
 * reads, if they are missing.
 */
export async function ensureSynced() {
	if (existsSync(path.join(root, '.svelte-kit', 'tsconfig.json'))) return;
	const code = await run(findNode(), [program('svelte-kit'), 'sync'], { stdio: ON_STDERR });
	if (code !== 0) throw new Error(`svelte-kit sync ended with ${code} (its reasons are above).`);
}
