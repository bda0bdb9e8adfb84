import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serverEnvironment, serverFlags } from './flags.js';
import { findNode } from './node.js';
import { run } from './process.js';

/** Settings that lead out of the process, beside DATABASE_URL. */
const NOTHING = { DATABASE_REPLICA_URLS: '', DATABASE_LISTEN_URL: '', BACKUP_DIR: '' };

/**
 * Has Node keep the server compiled: it takes 15 MB less to load then; without that it starts as well. Loading it
 * opens a database, which is one of a moment: a build has no business with the site's.
 * @returns {Promise<boolean>} Whether it loaded to the end.
 */
export async function keepCompiled() {
	const directory = mkdtempSync(path.join(tmpdir(), 'afterword-build-'));
	const env = { ...serverEnvironment(), ...NOTHING, DATABASE_URL: `file:${directory}/load.db` };
	try {
		const args = [...serverFlags(), 'src/server.ts', '--only-load'];
		return (await run(findNode(), args, { stdio: 'ignore', env })) === 0;
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}
