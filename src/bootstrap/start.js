/**
 * `npm start`: whatever is missing is installed and built, then the server runs in our place.
 */
import process from 'node:process';
import { ensureBuilt } from './build.js';
import { serverEnvironment, serverFlags } from './flags.js';
import { ensureInstalled } from './install.js';
import { findNode } from './node.js';
import { handOver, main } from './process.js';

await main(async () => {
	await ensureInstalled();
	await ensureBuilt();
	await handOver(findNode(), [...serverFlags(), 'src/server.ts', ...process.argv.slice(2)], {
		env: serverEnvironment()
	});
});
