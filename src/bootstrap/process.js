/**
 * Running other programs from the bootstrap. Everything in this folder is plain JavaScript for
 * Node 18, because it runs before the packages (and with them the right Node) are installed.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The directory of the project, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]+$/, '');

/** Where npm puts the programs of the packages. */
export const binaries = path.join(root, 'node_modules', '.bin');

/** How often we look whether npm, which started us, is still there (milliseconds). */
const PARENT_CHECK = 500;

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @typedef {object} RunOptions
 * @property {import('node:child_process').StdioOptions} [stdio] As for `spawn`; everything is
 * inherited without it.
 * @property {NodeJS.ProcessEnv} [env] The whole environment; ours without it.
 */

/** Standard input closed, both outputs on our standard error: standard output stays clean. */
export const ON_STDERR = /** @type {['ignore', 2, 2]} */ (['ignore', 2, 2]);

/**
 * Writes one line of progress to standard error.
 * @param {string} line
 */
export function say(line) {
	process.stderr.write(`${line}\n`);
}

/**
 * Our environment, with the project's own programs (and with them its Node) found first.
 * @param {NodeJS.ProcessEnv} [more] Variables to set beside it.
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(more = {}) {
	return { ...process.env, PATH: [binaries, ...otherPaths()].join(path.delimiter), ...more };
}

/** The entries of PATH outside the project's own packages. */
export function otherPaths() {
	const entries = (process.env.PATH ?? '').split(path.delimiter);
	return entries.filter((entry) => entry !== '' && path.resolve(entry) !== binaries);
}

/**
 * Runs a program to its end as one step of several. If we are told to stop meanwhile, the program
 * is told so too, and no further step is taken: we end when it has.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} Its exit code.
 */
export async function run(command, args, options) {
	const { code, told } = await follow(command, args, options);
	if (told) process.exit(code || signalCode(told));
	return code;
}

/**
 * Runs a program in our place: signals go on to it, and we end with its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<never>}
 */
export async function handOver(command, args, options) {
	const { code } = await follow(command, args, options);
	process.exit(code);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, told: NodeJS.Signals | undefined }>}
 */
function follow(command, args, { stdio = 'inherit', env = environment() } = {}) {
	return new Promise((resolve, reject) => {
		/** @type {NodeJS.Signals | undefined} */
		let told;
		const child = spawn(command, args, { cwd: root, stdio, env });

		/** @param {NodeJS.Signals} signal */
		const forward = (signal) => {
			// npm and the terminal may each send the same signal: the program gets it once.
			if (told === signal) return;
			told = signal;
			// A terminal gives Ctrl-C to the program itself, too.
			if (signal === 'SIGINT' && process.stdin.isTTY) return;
			child.kill(signal);
		};
		for (const signal of FORWARDED) process.on(signal, forward);

		// When npm is killed outright it can tell nobody, and the program would keep its port.
		const parent = process.ppid;
		const watch = setInterval(() => {
			if (process.env.npm_lifecycle_event && process.ppid !== parent) forward('SIGTERM');
		}, PARENT_CHECK);

		const finish = () => {
			clearInterval(watch);
			for (const signal of FORWARDED) process.off(signal, forward);
		};
		child.on('error', (error) => {
			finish();
			reject(new Error(`Could not run ${command}: ${error.message}`));
		});
		child.on('close', (code, signal) => {
			finish();
			resolve({ code: signal ? signalCode(signal) : (code ?? 1), told });
		});
	});
}

/**
 * The exit code by which shells say that a signal ended a program.
 * @param {NodeJS.Signals} signal
 */
function signalCode(signal) {
	return 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs the body of a script; what it throws is printed as a sentence, and the exit code is 1.
 * @param {() => Promise<void>} body
 */
export async function main(body) {
	try {
		await body();
	} catch (error) {
		say(`\n${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = 1;
	}
}
