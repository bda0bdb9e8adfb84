import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { program } from '../../src/bootstrap/install.js';
import { findNode } from '../../src/bootstrap/node.js';
import { ON_STDERR, root, run, say } from '../../src/bootstrap/process.js';

/**
 * The Chromium to test with; one is installed if there is none.
 * @returns {Promise<string | undefined>} Its path, or undefined if none could be had.
 */
export async function ensureChromium() {
	return findChromium() ?? (await install());
}

/** The first Chromium that runs: the one named in CHROMIUM_PATH, the system's, Playwright's own. */
function findChromium() {
	const named = process.env.CHROMIUM_PATH;
	if (named && !runs(named)) say(`CHROMIUM_PATH names ${named}, which does not run.`);
	return [named, '/usr/bin/chromium', playwrightsOwn()].find(
		(candidate) => candidate && runs(candidate)
	);
}

async function install() {
	say('Installing Chromium (playwright install --with-deps chromium) …');
	await attempt(findNode(), [program('playwright'), 'install', '--with-deps', 'chromium']);
	const own = findChromium();
	if (own || process.getuid?.() !== 0) return own;

	say("Installing the system's own Chromium (apt-get install chromium) …");
	if (await attempt('apt-get', ['update'])) {
		await attempt('apt-get', ['install', '--yes', 'chromium', 'fonts-liberation']);
	}
	return findChromium();
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<boolean>} Whether it did what it should.
 */
async function attempt(command, args) {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	try {
		return (await run(command, args, { stdio: ON_STDERR, env })) === 0;
	} catch (error) {
		say(String(error));
		return false;
	}
}

/** Where Playwright would look, which does not say that something is there. */
function playwrightsOwn() {
	const script = "process.stdout.write(require('@playwright/test').chromium.executablePath())";
	const { stdout } = spawnSync(findNode(), ['--eval', script], { cwd: root, encoding: 'utf8' });
	return stdout;
}

/** @param {string} path */
function runs(path) {
	return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}
