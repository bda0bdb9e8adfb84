import { drizzle } from 'drizzle-orm/postgres-js';
import { setTimeout } from 'node:timers/promises';
import postgres from 'postgres';
import { callbacks } from './after-commit.ts';
import type { Database, Read, Tx } from './database.ts';
import { hasSqlState } from './errors.ts';
import { assertOutside, runInside } from './nesting.ts';
import { explain } from './unavailable.ts';

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_S = 10;
// Serialization failure and deadlock: nothing was written, so trying again is safe.
const RETRY_STATES = ['40001', '40P01'];
const TRIES = 5;

/** Opens a pool of connections to PostgreSQL; connections are made when they are needed. */
export function openPostgres(url: string): Database {
	const client = postgres(url, {
		max: POOL_SIZE,
		connect_timeout: CONNECT_TIMEOUT_S,
		onnotice: () => {}
	});
	const db = drizzle(client);
	return {
		read: db as unknown as Read,
		async write(work) {
			assertOutside();
			for (let attempt = 1; ; attempt++) {
				const afterCommit = callbacks();
				try {
					const value = await db.transaction((tx) =>
						runInside(() => work(tx as unknown as Tx, afterCommit.register))
					);
					afterCommit.run();
					return value;
				} catch (error) {
					if (attempt === TRIES || !RETRY_STATES.some((state) => hasSqlState(error, state))) {
						throw explain(error);
					}
					await setTimeout(attempt * 5 + Math.random() * 10);
				}
			}
		},
		async close() {
			await client.end({ timeout: 5 });
		}
	};
}
