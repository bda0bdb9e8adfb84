import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { forReading } from '#lib/server/database/for-reading.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { open } from '#lib/server/database/open.ts';
import { categories } from '#lib/server/database/schema.ts';
import { replicas } from '#lib/server/doctor/replicas.ts';
import { newId } from '#lib/server/ids.ts';
import * as site from '#lib/server/site/site.ts';
import { startCluster, type Cluster, type Follower } from '../../support/postgres.ts';

describe.runIf(inject('databases').dialect === 'postgres')('replicas', () => {
	let cluster: Cluster;
	let follower: Follower;
	let db: Database;

	beforeAll(async () => {
		cluster = await startCluster();
		await cluster.create('paper');
		await migrate(cluster.url('paper'));
		follower = await cluster.replica();
		db = await open(cluster.url('paper'), { replicaUrls: [follower.url('paper')] });
		await site.ensure(db);
	});
	afterAll(async () => {
		await db.close();
		await cluster.stop();
	});

	const isReplica = async (from = db) => (await from.reader()) !== from.read;
	const isIn = () => vi.waitFor(async () => expect(await isReplica()).toBe(true), 30_000);
	beforeEach(isIn);

	async function add(): Promise<string> {
		const id = newId();
		const row = { id, name: id, slug: id, createdAt: new Date() };
		await db.write((tx) => tx.insert(categories).values(row));
		return id;
	}

	async function has(id: string): Promise<boolean> {
		const rows = await (await db.reader()).select({ id: categories.id }).from(categories);
		return rows.some((row) => row.id === id);
	}

	test('what was committed is seen at once, by whoever asks', async () => {
		let replica = 0;
		for (let n = 0; n < 100; n++) {
			const id = await add();
			if (await isReplica()) replica += 1;
			expect(await has(id)).toBe(true);
		}
		// They did read it, too.
		expect(replica).toBeGreaterThan(0);
	});

	test('one that does not repeat is not asked, until it has caught up', async () => {
		await follower.pause();
		expect(await isReplica(), 'nothing has happened since').toBe(true);
		const id = await add();
		expect(await has(id)).toBe(true);
		expect(await isReplica()).toBe(false);
		await follower.resume();
		await isIn();
		expect(await has(id)).toBe(true);
	});

	test('one that is killed costs no answer, and comes back', async () => {
		const id = await add();
		await isIn();
		const reading = await forReading(db);
		expect(reading.read).not.toBe(db.read);
		follower.process().kill('SIGQUIT');
		await follower.end();
		expect(await reading.read.$count(categories)).toBeGreaterThan(0);
		expect(await has(id)).toBe(true);
		expect(await isReplica()).toBe(false);
		await follower.start();
		await isIn();
	});

	test('one that hangs costs no answer, and comes back', async () => {
		const reading = await forReading(db);
		expect(reading.read).not.toBe(db.read);
		// Its connections stay open, and nobody answers on them.
		const { Client } = await import('pg');
		const client = new Client({ connectionString: follower.url('paper') });
		await client.connect();
		const { rows } = await client.query<{ pid: number }>(
			"select pid from pg_stat_activity where datname = 'paper' and pid <> pg_backend_pid()"
		);
		for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
		expect(await reading.read.$count(categories)).toBeGreaterThan(0);
		expect(await has(await add())).toBe(true);
		for (const { pid } of rows) process.kill(pid, 'SIGCONT');
		await client.end();
		await isIn();
	});

	test('a request that writes reads from the primary from then on', async () => {
		const reading = await forReading(db);
		const replica = reading.read;
		expect(replica).not.toBe(db.read);
		await follower.pause();
		const id = newId();
		const row = { id, name: id, slug: id, createdAt: new Date() };
		await reading.write((tx) => tx.insert(categories).values(row));
		expect(reading.read).toBe(db.read);
		await follower.resume();
	});

	test('what is wrong with a query is not the replica’s fault', async () => {
		const { read } = await forReading(db);
		const { sql } = await import('drizzle-orm');
		await expect(read.select({ no: sql`1 / 0` }).from(categories)).rejects.toThrow();
		expect(await isReplica()).toBe(true);
	});

	test('the doctor says how they are', async () => {
		const look = async (...replicaUrls: string[]) => {
			const patient = { config: { ...config(), replicaUrls }, db };
			return (await replicas.look(patient)).map(({ words }) => words).join(' ');
		};
		expect(await look()).toBe('');
		expect(await look(follower.url('paper'))).toContain('follows closely');
		expect(await look(cluster.url('paper'))).toContain('follows no other server');
		expect(await look('postgres://127.0.0.1:1/paper')).toContain('does not answer');
	});

	test('an address at which several servers answer is never asked', async () => {
		const ports = [follower, await cluster.replica()].map((one) =>
			Number(new URL(one.url('x')).port)
		);
		let connections = 0;
		const balancer = createServer((client) => {
			const server = connect(ports[connections++ % ports.length], '127.0.0.1');
			client.pipe(server).pipe(client);
			for (const socket of [client, server]) socket.on('error', () => {});
		});
		await once(balancer.listen(0, '127.0.0.1'), 'listening');
		const { port } = balancer.address() as AddressInfo;
		const balanced = follower.url('paper').replace(/:\d+\//, `:${port}/`);
		const other = await open(cluster.url('paper'), { replicaUrls: [balanced] });
		await vi.waitFor(() => expect(connections).toBeGreaterThanOrEqual(4), 30_000);
		for (let n = 0; n < 20; n++) {
			await add();
			expect(await isReplica(other)).toBe(false);
		}
		await other.close();
		balancer.close();
	});

	test('another site’s server, and one that follows nobody, are never asked', async () => {
		await cluster.create('other');
		await migrate(cluster.url('other'));
		const other = await open(cluster.url('other'), { replicaUrls: [follower.url('paper')] });
		await site.ensure(other);
		const alone = await open(cluster.url('paper'), { replicaUrls: [cluster.url('paper')] });
		for (let n = 0; n < 20; n++) {
			await add();
			expect(await isReplica(other)).toBe(false);
			expect(await isReplica(alone)).toBe(false);
		}
		await alone.close();
		await other.close();
	});
});
