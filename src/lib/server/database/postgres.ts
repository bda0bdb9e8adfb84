import { drizzle } from 'drizzle-orm/node-postgres';
import { setTimeout } from 'node:timers/promises';
import { Pool, type PoolClient, type PoolConfig, type QueryResult } from 'pg';
import { gauges, meter } from '../monitoring/meter.ts';
import { callbacks } from './after-commit.ts';
import type { AfterCommit, Database, Read, Tx } from './database.ts';
import { hasSqlState } from './errors.ts';
import { Hearing } from './hearing.ts';
import { assertOutside, runInside } from './nesting.ts';
import { pastOf } from './past.ts';
import { prepared } from './prepared.ts';
import { openReplicas } from './replicas.ts';
import { clientOf, Servers } from './servers.ts';
import { explain } from './unavailable.ts';

/** The oldest PostgreSQL that this is made for. */
export const OLDEST_POSTGRES = 15;

const POOL_SIZE = 10;
// For a connection that is made, and for one of the pool's when all are in use.
const CONNECT_TIMEOUT_MS = 10_000;
// Serialization failure and deadlock: nothing was written, so trying again is safe.
const RETRY_STATES = ['40001', '40P01'];
const TRIES = 5;
// A replica that does not answer is left out, and the primary asked instead.
const REPLICA_TIMEOUTS = { connectionTimeoutMillis: 1_000, query_timeout: 3_000 };

// It follows another server now: another connection may lead to that one.
const READ_ONLY = '25006';

function openPool(to: PoolConfig): Pool {
	const pool = new Pool({
		max: POOL_SIZE,
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		keepAlive: true,
		...to
	});
	// Whoever uses a connection that is lost is told; unheard, it would end the process.
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	return pool;
}

/** Commits, and asks on the same way which revisions rose, in the words of the schema's triggers. */
async function commit(client: PoolClient): Promise<string> {
	const statements = "select current_setting('afterword.changed', true) as changed; commit";
	const start = performance.now();
	const answer: unknown = await client.query(statements);
	meter().committed(1, (performance.now() - start) / 1000);
	const [{ rows }] = answer as QueryResult<{ changed: string | null }>[];
	return rows[0].changed ?? '';
}

async function transaction<T>(
	pool: Pool,
	work: (client: PoolClient) => Promise<T>,
	hearing: Hearing | null
): Promise<T> {
	const client = await pool.connect();
	let isLost = false;
	try {
		await client.query('begin');
		const value = await work(client);
		const changed = await commit(client);
		// Before anybody is answered: whoever wrote it reads it.
		hearing?.note(changed);
		return value;
	} catch (error) {
		// On a connection that is lost there is nothing to roll back; the pool makes another one.
		isLost = await client.query('rollback').then(
			() => hasSqlState(error, READ_ONLY),
			() => true
		);
		throw error;
	} finally {
		client.release(isLost);
	}
}

/** Runs a transaction, again when it met another one. */
async function write<T>(
	pool: Pool,
	work: (client: PoolClient, afterCommit: AfterCommit) => Promise<T>,
	hearing: Hearing | null
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const afterCommit = callbacks();
		try {
			const inside = (client: PoolClient) => runInside(() => work(client, afterCommit.register));
			const value = await transaction(pool, inside, hearing);
			afterCommit.run();
			return value;
		} catch (error) {
			if (attempt === TRIES || !RETRY_STATES.some((state) => hasSqlState(error, state))) {
				throw explain(error);
			}
			await setTimeout(attempt * 5 + Math.random() * 10);
		}
	}
}

/** How a PostgreSQL is reached beside its address. */
export interface PostgresOptions {
	/** Its streaming replicas. */
	replicaUrls?: string[];
	/** Where what it notifies of is heard; null for a program that need not know. */
	listenUrl?: string | null;
}

/** Opens pools of connections to PostgreSQL, and to its replicas; connections are made when they are needed. */
export function openPostgres(
	url: string,
	{ replicaUrls = [], listenUrl = null }: PostgresOptions = {}
): Database {
	const servers = new Servers(url);
	const stopWatching = servers.watch();
	const pool = openPool({ Client: clientOf(servers) });
	gauges().pools.set('primary', pool);
	const told = listenUrl === null || listenUrl === url ? servers : new Servers(listenUrl);
	const hearing = listenUrl === null ? null : new Hearing(told, pool);
	const read = drizzle(pool) as unknown as Read;
	const replicas =
		replicaUrls.length > 0
			? openReplicas(replicaUrls, pool, (replica) =>
					openPool({ connectionString: replica, ...REPLICA_TIMEOUTS })
				)
			: null;
	const txOf = prepared((client: PoolClient) => drizzle(client) as unknown as Tx);
	const underWay = new Set<Promise<unknown>>();
	return {
		read,
		reader: async () => (await replicas?.reader()) ?? read,
		async write(work) {
			assertOutside();
			const writing = write(
				pool,
				(client, afterCommit) => work(txOf(client), afterCommit),
				hearing
			);
			underWay.add(writing);
			return writing.finally(() => underWay.delete(writing));
		},
		version: () => null,
		recentVersion: () => null,
		history() {
			// Behind a pooler the connection that listens may be the one to notice.
			const [one, other] = [servers.history, told.history || servers.history];
			return one === other ? one : pastOf(one, other);
		},
		hearing,
		async close() {
			await hearing?.close();
			// The pool itself forgets those who wait for a connection.
			await Promise.allSettled(underWay);
			await replicas?.close();
			if (!pool.ended && !pool.ending) await pool.end();
			// Until then a server that hangs would hold up the rest.
			stopWatching();
		}
	};
}
