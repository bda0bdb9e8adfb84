import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/server.ts';
import { expect, test } from './support/site.ts';

const LAST_STEP = `import { keepCompiled } from './src/bootstrap/compiled.js';
process.exitCode = (await keepCompiled()) ? 0 : 1;`;

let directory: string;
test.beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'afterword-building-'));
	await mkdir(join(directory, 'tmp'));
});
test.afterEach(() => rm(directory, { recursive: true, force: true }));

/** Does what a build does last, with these settings of the site, and sees that it did. */
async function finishBuild(settings: NodeJS.ProcessEnv): Promise<void> {
	const [TMPDIR, compiled] = [join(directory, 'tmp'), join(directory, 'compiled')];
	const env = { ...process.env, TMPDIR, NODE_COMPILE_CACHE: compiled, ...settings };
	const child = spawn(process.execPath, ['--input-type=module', '--eval', LAST_STEP], {
		cwd: root,
		env
	});
	expect(await once(child, 'close')).toEqual([0, null]);
	expect(readdirSync(compiled)).not.toEqual([]);
	expect(readdirSync(TMPDIR)).toEqual([]);
}

test('a build makes no database where the site will have its own', async () => {
	const file = join(directory, 'site', 'afterword.db');
	await finishBuild({ DATABASE_URL: `file:${file}`, BACKUP_DIR: join(directory, 'backups') });
	expect(existsSync(join(directory, 'site'))).toBe(false);
	expect(existsSync(join(directory, 'backups'))).toBe(false);
});

test("a build leaves the site's database as it is", async () => {
	await mkdir(join(directory, 'site'));
	const file = join(directory, 'site', 'afterword.db');
	// An empty file is a database without a table: whoever opens it as the site's lays its tables.
	writeFileSync(file, '');
	const before = statSync(file, { bigint: true });
	await finishBuild({ DATABASE_URL: `file:${file}` });
	expect(readdirSync(join(directory, 'site'))).toEqual(['afterword.db']);
	expect(readFileSync(file)).toHaveLength(0);
	expect(statSync(file, { bigint: true }).ctimeNs).toBe(before.ctimeNs);
});

test('a build asks no PostgreSQL for anything', async () => {
	let asked = 0;
	const nobody = createServer((socket) => {
		asked++;
		socket.destroy();
	}).listen(0, '127.0.0.1');
	await once(nobody, 'listening');
	const url = `postgres://talk@127.0.0.1:${(nobody.address() as AddressInfo).port}/talk`;
	await finishBuild({
		DATABASE_URL: url,
		DATABASE_REPLICA_URLS: url,
		DATABASE_LISTEN_URL: url
	});
	nobody.close();
	expect(asked).toBe(0);
});
