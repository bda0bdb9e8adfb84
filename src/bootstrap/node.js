import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { binaries, root } from './process.js';

/** The oldest Node that runs Afterword: the first 24 with `crypto.argon2`. */
const OLDEST = [24, 7];

/** The Node that comes with the packages on this machine, if one does. */
export const pinned = path.join(
	root,
	'node_modules',
	`node-${process.platform}-${process.arch}`,
	'bin',
	'node'
);

/** Where `npm run` and `npx` find it. */
const linked = path.join(binaries, 'node');

/**
 * Whether a Node of this version runs Afterword.
 * @param {string} version As in `process.version`, with or without the `v`.
 */
export function isNewEnough(version) {
	const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
	return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** @type {string | undefined} */
let found;

/**
 * The Node to run everything with: the one from the packages, which the lock file pins, or else
 * the one that runs now, if it is new enough.
 * @returns {string} Its path.
 * @throws {Error} With words for the person at the terminal if there is none.
 */
export function findNode() {
	return (found ??= look());
}

function look() {
	linkPinned();
	if (existsSync(linked) && runs(linked)) return linked;
	if (isNewEnough(process.version)) return process.execPath;
	throw new Error(
		`Afterword needs Node ${OLDEST.join('.')} or newer; this is ${process.version}.\n` +
			'On Linux (x64 and arm64, glibc) the right one comes with the packages: run "npm ci" without ' +
			'leaving out optional packages. Elsewhere, install it from https://nodejs.org.'
	);
}

/**
 * Puts the pinned Node where `npm run` finds it. Where packages for several processors name the
 * same program, npm 10 links the first, even if only the other one is installed.
 */
function linkPinned() {
	if (existsSync(linked) || !existsSync(pinned)) return;
	rmSync(linked, { force: true });
	symlinkSync(path.relative(binaries, pinned), linked);
}

/**
 * A Node made for another C library or processor is there but does not run.
 * @param {string} node
 */
function runs(node) {
	const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
	return status === 0 && isNewEnough(stdout.trim());
}
