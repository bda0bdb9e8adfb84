import { program } from './install.js';
import { findNode } from './node.js';
import { run } from './process.js';

/** The checks of the sources themselves, in the order in which they run. */
export const CHECKS = [
	{ name: 'format', commands: [['prettier', '--check', '--log-level', 'warn', '.']] },
	{ name: 'lint', commands: [['eslint', '--max-warnings', '0', '.']] },
	{
		name: 'types',
		commands: [
			['svelte-kit', 'sync'],
			['svelte-check', '--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings']
		]
	}
];

/**
 * Runs one check, its output going where ours goes.
 * @param {typeof CHECKS[number]} check
 * @returns {Promise<boolean>} Whether it found nothing.
 */
export async function passes({ commands }) {
	for (const [command, ...args] of commands) {
		if ((await run(findNode(), [program(command), ...args])) !== 0) return false;
	}
	return true;
}
