import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keepCompiled } from './compiled.js';
import { exclusively } from './exclusive.js';
import { program } from './install.js';
import { findNode } from './node.js';
import { ON_STDERR, environment, root, run, say } from './process.js';
import { tooHeavy } from './weight.js';

/** What the build is made of. */
const SOURCES = [
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts'
];

/** Says which sources were built. It goes with the old build, and comes when the new one is whole. */
const stampFile = path.join(root, 'build', '.afterword-sources');

/**
 * Builds the production application if it is missing or made from other sources.
 * Writes to standard error only.
 * @throws {Error} With words for the person at the terminal.
 */
export async function ensureBuilt() {
	if (!isBuilt())
		await exclusively('build', async () => {
			if (!isBuilt()) await build();
		});
}

/**
 * Builds the production application.
 * @throws {Error} With words for the person at the terminal.
 */
export async function build() {
	say('Building (vite build) …');
	const started = Date.now();
	const sources = hashSources();
	const code = await run(findNode(), [program('vite'), 'build', '--logLevel', 'error'], {
		stdio: ON_STDERR,
		env: environment({ NODE_ENV: 'production' })
	});
	if (code !== 0) throw new Error(`The build failed: vite build ended with ${code} (see above).`);
	const heavy = tooHeavy(path.join(root, 'build', 'client'));
	if (heavy.length > 0) throw new Error(`The build failed: it is too heavy.\n${heavy.join('\n')}`);
	writeFileSync(stampFile, sources);
	await keepCompiled();
	say(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function isBuilt() {
	return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashSources();
}

/** One hash over the names and contents of all sources: times say little after a checkout. */
function hashSources() {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		for (const file of filesOf(source)) {
			const content = readFileSync(path.join(root, file));
			hash.update(`${file}\0${content.length}\0`).update(content);
		}
	}
	return hash.digest('hex');
}

/**
 * @param {string} name A file or directory of the project, which may be missing.
 * @returns {string[]} Its files, in one order everywhere.
 */
function filesOf(name) {
	const full = path.join(root, name);
	if (!existsSync(full)) return [];
	try {
		const entries = readdirSync(full, { withFileTypes: true });
		return entries
			.filter((entry) => !entry.name.startsWith('.'))
			.map((entry) => path.posix.join(name, entry.name))
			.sort()
			.flatMap(filesOf);
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [name];
		throw error;
	}
}
