import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { root, say } from './process.js';

/** How often a waiting process looks whether its turn has come (milliseconds). */
const LOOK_AGAIN = 300;

/**
 * Runs `work` while no other process of this project runs work of the same name: two terminals
 * that start at once must not install into, or build, the same directory.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
export async function exclusively(name, work) {
	const directory = path.join(root, '.svelte-kit');
	const file = path.join(directory, `${name}.lock`);
	mkdirSync(directory, { recursive: true });
	for (let waited = false; !take(file); waited = true) {
		if (!waited)
			say(`Waiting for process ${holder(file)}, which does the same (${name}; ${file}) …`);
		await wait(LOOK_AGAIN);
	}
	const release = () => rmSync(file, { force: true });
	process.once('exit', release);
	try {
		await work();
	} finally {
		process.off('exit', release);
		release();
	}
}

/**
 * @param {string} file
 * @returns {boolean} Whether the lock is ours now.
 */
function take(file) {
	// Linked rather than written, so that nobody ever reads a lock without its owner in it.
	const own = `${file}.${process.pid}`;
	writeFileSync(own, String(process.pid));
	try {
		linkSync(own, file);
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
	} finally {
		rmSync(own, { force: true });
	}
	// What a killed process left behind holds nobody up.
	if (!isAlive(holder(file))) rmSync(file, { force: true });
	return false;
}

/** @param {string} file */
function holder(file) {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return 0;
	}
}

/** @param {number} pid */
function isAlive(pid) {
	if (!(pid > 0)) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}
