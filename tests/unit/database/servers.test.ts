import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPostgres } from '#lib/server/database/postgres.ts';
import { clientOf, reachedAt, Servers } from '#lib/server/database/servers.ts';
import type { Patient } from '#lib/server/doctor/finding.ts';
import { replicas } from '#lib/server/doctor/replicas.ts';
import { feign, type Feigned } from './support/feigned.ts';

vi.mock(import('#lib/server/log.ts'), () => ({ log: () => {} }));

const FOLLOWS = { isPrimary: false, takesWrites: false };
const LOOK_EVERY_MS = 3000;

let one: Feigned;
let two: Feigned;

beforeEach(async () => {
	[one, two] = [await feign(), await feign()];
});
afterEach(() => {
	vi.useRealTimers();
	one.close();
	two.close();
});

function both(): Servers {
	return new Servers(`postgres://ann@${one.place},${two.place}/paper`);
}

async function connected(servers: Servers) {
	const client = new (clientOf(servers))();
	await client.connect();
	return client;
}

test('nothing is read or written any more where another server was promoted since', async () => {
	Object.assign(two.identity, FOLLOWS);
	const servers = both();
	const before = await connected(servers);
	expect(before.port).toBe(one.port);
	const { history } = servers;
	Object.assign(two.identity, { isPrimary: true, takesWrites: true, timeline: 2 });
	servers.suspect();
	const since = await connected(servers);
	expect(since.port).toBe(two.port);
	expect(servers.history).not.toBe(history);
	await expect(before.query('select 1')).rejects.toThrow();
	await since.end();
});

describe('the past of a server', () => {
	/** What a process that begins now takes it for. */
	async function metIn(servers: Servers): Promise<number> {
		const client = await connected(servers);
		await client.end();
		return servers.history;
	}

	test('is the same for every process, whichever way it goes, and before anybody was met none', async () => {
		Object.assign(two.identity, FOLLOWS);
		expect(both().history).toBe(0);
		const past = await metIn(both());
		expect(past).not.toBe(0);
		expect(await metIn(both())).toBe(past);
		expect(await metIn(new Servers(`postgres://ann@${one.place}/paper`))).toBe(past);
		Object.assign(two.identity, { isPrimary: true, takesWrites: true });
		expect(await metIn(new Servers(`postgres://ann@${two.place}/paper`))).toBe(past);
	});

	test.each([
		['was promoted', { timeline: 2 }],
		['is of another system', { system: '2' }],
		['has another database', { database: '6' }]
	])('is another one for one that %s', async (_, change) => {
		const before = await metIn(new Servers(`postgres://ann@${one.place}/paper`));
		Object.assign(two.identity, change);
		expect(await metIn(new Servers(`postgres://ann@${two.place}/paper`))).not.toBe(before);
	});
});

test('of the password file each server has its own line', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'afterword-pgpass-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'pgpass');
	Object.assign(one, { password: 'first' });
	Object.assign(two, { password: 'second' });
	const lines = [one, two].map(({ port, password }) => `127.0.0.1:${port}:paper:ann:${password}\n`);
	writeFileSync(file, lines.join(''), { mode: 0o600 });
	vi.stubEnv('PGPASSFILE', file);
	vi.stubEnv('PGPASSWORD', undefined);
	onTestFinished(() => void vi.unstubAllEnvs());
	const reached: number[] = [];
	for (const [primary, other] of [
		[one, two],
		[two, one]
	]) {
		Object.assign(primary.identity, { isPrimary: true, takesWrites: true });
		Object.assign(other.identity, FOLLOWS);
		const client = await connected(both());
		reached.push(client.port);
		await client.end();
	}
	expect(reached).toEqual([one.port, two.port]);
});

test('behind one address too', async () => {
	const servers = new Servers(`postgres://ann@${one.place}/paper`);
	const [before, alike] = [await connected(servers), await connected(servers)];
	await before.query('select 1');
	one.identity.timeline = 2;
	const since = await connected(servers);
	for (const client of [before, alike]) {
		await expect(client.query('select 1')).rejects.toThrow();
	}
	await since.query('select 1');
	await since.end();
});

test('of two that lead to the same server the one that is in use stays so', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	const servers = both();
	const stop = servers.watch();
	const client = await connected(servers);
	const [used, other] = client.port === one.port ? [one, two] : [two, one];
	await vi.waitFor(() => expect([used.connections(), other.connections()]).toEqual([1, 0]));
	const asked = vi.fn();
	const otherIsDone = vi.waitFor(() => {
		expect(asked).toHaveBeenCalled();
		expect(other.connections()).toBe(0);
	});
	other.patience = () => Promise.resolve(asked());
	used.patience = () => otherIsDone;
	vi.advanceTimersByTime(LOOK_EVERY_MS);
	await otherIsDone;
	await vi.waitFor(() => expect(used.connections()).toBe(1));
	await client.query('select 1');
	await client.end();
	stop();
});

test('whoever ends is not held up by a server that hangs once another has taken over', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	Object.assign(two.identity, FOLLOWS);
	const db = openPostgres(`postgres://ann@${one.place},${two.place}/paper`);
	const hangs = vi.fn(() => new Promise<never>(() => {}));
	await (db.read as unknown as { execute(query: string): Promise<unknown> }).execute('select 1');
	one.patience = hangs;
	const written = expect(db.write(() => Promise.resolve())).rejects.toMatchObject({ status: 503 });
	await vi.waitFor(() => expect(hangs).toHaveBeenCalled());
	const closed = db.close();
	Object.assign(two.identity, { isPrimary: true, takesWrites: true, timeline: 2 });
	vi.advanceTimersByTime(LOOK_EVERY_MS);
	await written;
	await closed;
});

test.each([
	['postgres://ann@one/paper', 'one:5432'],
	['postgres://one:5432/other', 'one:5432'],
	['postgres://ann@[::1]:5433/paper', '::1:5433'],
	['postgres://ann@/paper?host=/run/postgresql', '/run/postgresql:5432'],
	['postgres://ann@%2Frun%2Fpostgresql:5433/paper', '/run/postgresql:5433']
])('%s is reached at %s', (url, place) => expect(reachedAt(url)).toBe(place));

test('the replicas of a server that is reached by a socket of the machine are looked at', async () => {
	const databaseUrl = 'postgres://ann@/paper?host=/run/postgresql';
	const replicaUrls = ['postgres://127.0.0.1:1/paper', 'postgres://ann@/paper?host=/nowhere'];
	const patient = { config: { databaseUrl, replicaUrls } };
	const found = await replicas.look(patient as unknown as Patient);
	expect(found.map(({ words }) => words)).toEqual([
		expect.stringMatching('127.0.0.1:1/paper does not answer'),
		expect.stringMatching('host=/nowhere does not answer')
	]);
});
