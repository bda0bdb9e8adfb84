/**
 * `npm start`: whatever is missing is installed and built, then the server runs in our place.
 */
import process from 'node:process';
import { ensureBuilt } from './build.js';
import { ensureInstalled } from './install.js';
import { findNode } from './node.js';
import { environment, handOver, main } from './process.js';

await main(async () => {
	await ensureInstalled();
	await ensureBuilt();
	await handOver(findNode(), ['src/server.ts', ...process.argv.slice(2)], {
		env: environment({ NODE_ENV: process.env.NODE_ENV ?? 'production' })
	});
});
