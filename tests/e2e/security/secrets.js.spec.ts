import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSite } from '../../support/server.ts';
import { change, fileOf } from './support/database.ts';
import { newFaults } from './support/faults.ts';
import { send, sendRaw } from './support/http.ts';
import { client, emailOf, newPassword, setUp, signUp } from './support/people.ts';
import { expect, say, test, word, write } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

/** What the server says to the person who starts it; everything else is for programs. */
const GREETINGS =
	/^(There is no database yet|Make the first administrator|  http:\/\/|To look around first|Afterword is at |  .*\/setup\?token=)/;

/** The lines of a log, each as what it says. @returns those that are none, too */
function readLog(output: string): { entries: Record<string, unknown>[]; odd: string[] } {
	const lines = output.split('\n').filter((line) => line !== '' && !GREETINGS.test(line));
	const entries: Record<string, unknown>[] = [];
	const odd: string[] = [];
	for (const line of lines) {
		try {
			if (!/^[\x20-\x7e]+$/.test(line)) throw new Error('not plain');
			entries.push(JSON.parse(line) as Record<string, unknown>);
		} catch {
			odd.push(line);
		}
	}
	return { entries, odd };
}

const FORGED = '{"time":"2001-01-01T00:00:00Z","level":"info","event":"forged"}';

test.describe('L2 the log', () => {
	test('L2 keeps to its lines, and tells nothing that people wrote', async () => {
		const site = await startSite({ env: { RATE_LIMITS: 'off' } });
		try {
			const admin = await setUp(site.url, site.output(), 'Ann Logged');
			const slug = await write(admin, 'The logged story');
			const parent = await say(admin, slug, 'A beginning.');
			const secret = word();
			const password = `${newPassword()}${word()}`;
			const writer = await signUp(site.url, 'Wim Logged');
			const odd = `\r\n${FORGED}\r\n\u001b[31mred\u001b[0m\u202e\u0000\u2028${secret}`;
			// Faults that no rule expects: the database refuses what it should take.
			change(
				site,
				`create trigger t1 before insert on comments begin select raise(abort, 'no more room'); end`
			);
			change(
				site,
				`create trigger t2 before insert on accounts begin select raise(abort, 'no more room'); end`
			);
			change(
				site,
				`create trigger t3 before insert on articles begin select raise(abort, 'no more room'); end`
			);
			change(
				site,
				`create trigger t4 before insert on sessions begin select raise(abort, 'no more room'); end`
			);
			const guest = client(site.url);
			const email = emailOf(`mail ${secret}`);
			const answers = [
				await writer.post(`/articles/${slug}?/post`, { body: `Words ${odd}`, parent }),
				await writer.api('POST', `/articles/${slug}/comments`, { body: `Words ${odd}` }),
				await guest.post('/sign-up', { name: 'Cas Logged', email, password }),
				await guest.post('/sign-in', { name: writer.name, password: writer.password }),
				await admin.api('POST', '/articles', { title: `Title ${odd}`, body: odd })
			];
			const faults = newFaults();
			for (const [index, { status, text }] of answers.entries()) {
				faults.same(`fault ${index}`, status, 500);
				const [inside] =
					/no more room|insert into|\bat [\w.]+ \(|node_modules|sqlite/i.exec(text) ?? [];
				faults.same(`fault ${index} tells`, inside, undefined);
				faults.holds(`fault ${index} is named`, /[0-9a-f]{8}-[0-9a-f]{4}-4/.test(text));
			}
			const headers = {
				'User-Agent': `x${secret}`,
				Referer: `http://x/${secret}`,
				Cookie: `a=${secret}`
			};
			for (const path of [`/%0d%0a${secret}`, `/c/%1b%5b31m${secret}`, `/?%0a${secret}=%0d`]) {
				await send(site.url, path, { headers });
			}
			await sendRaw(site.url, `GET /\u001b[31m${secret} HTTP/1.1\r\nHost: x\r\n\r\n`);
			const { entries, odd: lines } = readLog(site.output());
			expect(lines).toEqual([]);
			expect(entries.filter(({ event }) => event === 'forged')).toEqual([]);
			const failed = entries.filter(({ event }) => event === 'request.failed');
			expect(failed.length).toBeGreaterThanOrEqual(answers.length);
			for (const entry of failed) {
				expect(entry).toMatchObject({ level: 'error', status: 500 });
				expect(entry.requestId).toMatch(/^[0-9a-f-]{36}$/);
				expect(String(entry.stack)).toContain('no more room');
				expect(new Date(String(entry.time)).toISOString()).toBe(entry.time);
			}
			const output = site.output();
			faults.holds('the comment', !output.includes(secret));
			faults.holds('a password', !output.includes(password));
			faults.holds('another password', !output.includes(writer.password));
			faults.holds('a session', !output.includes(writer.token) && !output.includes(admin.token));
			faults.holds('an address', !output.includes(email) && !output.includes(writer.email));
			faults.holds('a hash', !/argon2id/.test(output));
			expect(faults.found).toEqual([]);
		} finally {
			await site.stop();
		}
	});

	test('L2 of an ordinary day has nothing of anybody', async ({ world }) => {
		const output = world.site.output();
		expect(readLog(output).odd).toEqual([]);
		for (const { token, password, email } of Object.values(world.people)) {
			if (token === '') continue;
			expect(output).not.toContain(token);
			expect(output).not.toContain(password);
			expect(output).not.toContain(email);
		}
		for (const secret of Object.values(world.secrets)) expect(output).not.toContain(secret);
	});
});

const BUILD = fileURLToPath(new URL('../../../build/client/', import.meta.url));

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

test.describe('L3 what is not for readers is not served', () => {
	test('L3 I13 files of the server', async ({ world }) => {
		const database = fileOf(world.site).split('/').at(-1) ?? '';
		const files = [
			...['.git/config', '.git/HEAD', '.env', '.env.local', '.npmrc', '.gitignore', 'package.json'],
			...[
				'package-lock.json',
				'svelte.config.js',
				'vite.config.ts',
				'src/server.ts',
				'src/hooks.server.ts'
			],
			...[
				'build/server/index.js',
				'server/index.js',
				'server/manifest.js',
				'server/chunks/',
				'manifest.js',
				'index.js',
				'env.js'
			],
			...['node_modules/lucia/package.json', 'drizzle/sqlite/meta/_journal.json', 'tests/run.js'],
			...[
				'data/afterword.db',
				'afterword.db',
				database,
				`${database}-wal`,
				`${database}-shm`,
				'data/'
			],
			...[
				'backups/',
				'backup.sql',
				'dump.sql',
				'db.sqlite',
				'id_rsa',
				'etc/passwd',
				'.well-known/../.env'
			],
			...[
				'_app/immutable/',
				'_app/',
				'index.html',
				'.svelte-kit/output/server/index.js',
				'.DS_Store'
			],
			...[
				'server.key',
				'docker-compose.yml',
				'Dockerfile',
				'.ci/run',
				'README.md',
				'proc/self/environ'
			]
		];
		const climbs = [
			'/',
			'/../',
			'/..%2f',
			'/%2e%2e/',
			'/%2e%2e%2f',
			'/..%5c',
			'/_app/../../',
			'/_app/..%2f..%2f'
		];
		const faults = newFaults();
		for (const file of files) {
			for (const climb of climbs) {
				const raw = await sendRaw(
					world.site.url,
					`GET ${climb}${file} HTTP/1.1\r\nHost: ${new URL(world.site.url).host}\r\nConnection: close\r\n\r\n`
				);
				const status = Number(/^HTTP\/1\.1 (\d+)/.exec(raw)?.[1] ?? 0);
				faults.holds(
					`${climb}${file}: ${status}`,
					status === 404 || status === 400 || status === 308
				);
			}
		}
		expect(faults.found).toEqual([]);
	});

	test('L3 there is nothing in what browsers get but what they need', async ({ world }) => {
		const faults = newFaults();
		const files = filesUnder(BUILD);
		expect(files.some((file) => file.endsWith('.js'))).toBe(true);
		for (const file of files) {
			faults.holds(`${file} is a map`, !/\.map(\.(br|gz))?$/.test(file));
			if (/\.(br|gz|woff2|png|jpg|ico)$/.test(file)) continue;
			const text = readFileSync(file, 'utf8');
			const [found] =
				/sourceMappingURL|DATABASE_URL|process\.env|argon2|password_hash|postgres:|better-sqlite|src\/lib\/server|\/work\/|BEGIN [A-Z ]*PRIVATE KEY/.exec(
					text
				) ?? [];
			faults.same(file, found, undefined);
			const path = file.slice(BUILD.length - 1);
			const answer = await send(world.site.url, `${path}.map`);
			faults.same(`${path}.map`, answer.status, 404);
		}
		expect(faults.found).toEqual([]);
	});

	test('L3 L4 the database is its owner’s alone', async () => {
		const site = await startSite();
		try {
			const { statSync } = await import('node:fs');
			const { dirname } = await import('node:path');
			const folder = statSync(dirname(fileOf(site))).mode & 0o077;
			const file = statSync(fileOf(site)).mode & 0o077;
			// A folder that nobody else may enter is enough.
			expect(Math.min(folder, file)).toBe(0);
		} finally {
			await site.stop();
		}
	});
});
