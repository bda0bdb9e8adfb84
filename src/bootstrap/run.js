/**
 * `npm run dev|cli|build|check|bench|soak|faults`: installs what is missing, then runs the command. What this
 * script says itself goes to standard error: standard output belongs to the command.
 */
import process from 'node:process';
import { build, ensureBuilt } from './build.js';
import { CHECKS, passes } from './checks.js';
import { exclusively } from './exclusive.js';
import { LOADING } from './flags.js';
import { ensureInstalled, ensureSynced, program } from './install.js';
import { findNode } from './node.js';
import { handOver, main, say } from './process.js';

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const COMMANDS = {
	dev,
	cli: (args) => handOver(findNode(), [...LOADING, 'src/cli/main.ts', ...args]),
	soak: (args) =>
		ensureBuilt().then(() =>
			handOver(findNode(), [...LOADING, 'tests/bench/soak/main.ts', ...args])
		),
	faults: (args) => handOver(findNode(), [...LOADING, 'tests/faults/main.ts', ...args]),
	bench: (args) => handOver(findNode(), [...LOADING, 'tests/bench/main.ts', ...args]),
	build: () => exclusively('build', build),
	check
};

/** @param {string[]} args */
function dev(args) {
	// Nothing leaves a developer's machine unless that is asked for.
	process.env.MAIL_URL ||= 'log:';
	return handOver(findNode(), [program('vite'), 'dev', ...args]);
}

async function check() {
	await ensureSynced();
	/** @type {string[]} */
	const failed = [];
	for (const one of CHECKS) {
		say(`• ${one.name} …`);
		if (!(await passes(one))) failed.push(one.name);
	}
	say('');
	for (const { name } of CHECKS) say(`${failed.includes(name) ? '✗' : '✓'} ${name}`);
	if (failed.length > 0) throw new Error(`Failed: ${failed.join(', ')}.`);
}

await main(async () => {
	const [name = '', ...args] = process.argv.slice(2);
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!command) throw new Error(`Usage: run.js ${Object.keys(COMMANDS).join('|')}`);
	await ensureInstalled();
	await command(args);
});
