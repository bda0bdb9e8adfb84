import { drizzle } from 'drizzle-orm/node-postgres';
import { setTimeout } from 'node:timers/promises';
import type { Pool, QueryConfig, QueryResult } from 'pg';
import { log } from '../log.ts';
import * as visits from '../monitoring/visits.ts';
import { askedAfter } from './asked-after.ts';
import type { Read } from './database.ts';
import { hasSqlState } from './errors.ts';

// A request waits so long at most for a replica to catch up, which usually takes a few of these steps.
const PATIENCE_MS = 25;
const STEP_MS = 3;
// To come back, a replica may take longer than a reader would wait.
const RETURN_PATIENCE_MS = 250;
// What is known of it is asked again after this, lest it is another server by then.
const KNOWN_MS = 1000;
// One that was late is back in a moment; it is news when it is not.
const TOLD_AFTER_MS = 10_000;
const LATE = 'It lags behind.';
// The replica ended a query because what it read was changed by the primary: nothing is wrong with it.
const IN_THE_WAY = '40001';

/** A place in the primary's write-ahead log, which is another log from each promotion on. */
export interface Position {
	bytes: bigint;
	timeline: number;
}

const NOWHERE: Position = { bytes: -1n, timeline: 0 };

// Asked on so many connections at once, so that several servers behind one address show.
const CONNECTIONS_COMPARED = 4;

// Nothing is wrong with it: all servers may be named, whichever takes the writes.
const PRIMARY = 'It takes the writes itself.';

/**
 * Whether it follows a primary, which server it is, and how far it has come. On which timeline it is only
 * members of pg_read_all_stats are told at once; others once it has rested there, minutes after a promotion.
 */
const STATE = `select pg_is_in_recovery() as recovers, exists (select from pg_stat_wal_receiver where pid is not null) as receives,
	pg_postmaster_start_time()::text as server, pg_wal_lsn_diff(coalesce(pg_last_wal_replay_lsn(), '0/0'), '0/0')::text as bytes,
	coalesce((select received_tli from pg_stat_wal_receiver), (select timeline_id from pg_control_checkpoint())) as timeline`;

interface State {
	recovers: boolean;
	receives: boolean;
	server: string;
	bytes: string;
	timeline: number;
}

/** A pool's queries. */
export type Queries = Pick<Pool, 'query'>;

/** Requests that the primary has answered something for. */
const fallen = new WeakSet<visits.Visit>();

/** What drizzle takes for a connection: asks the replica, and the primary when the replica does not answer. */
class Falling {
	#replica: Replica;
	#primary: Queries;

	constructor(replica: Replica, primary: Queries) {
		this.#replica = replica;
		this.#primary = primary;
	}

	async query(config: QueryConfig, values: unknown[]): Promise<QueryResult> {
		const visit = visits.current();
		// What is read after the primary's answer must not be older than that.
		if (visit && fallen.has(visit)) return this.#primary.query(config, values);
		try {
			return await this.#replica.pool.query(config, values);
		} catch (error) {
			if (visit) fallen.add(visit);
			// What is wrong with the query itself is wrong there too, and thrown.
			const result = await this.#primary.query(config, values);
			if (!hasSqlState(error, IN_THE_WAY)) this.#replica.leave(error);
			return result;
		}
	}
}

/** A server that repeats what the primary writes, and may be read instead of it while it has repeated enough. */
export class Replica {
	readonly pool: Pool;
	/** Reads of it; those that fail are asked of the primary. */
	readonly read: Read;
	#name: string;
	#isIn = false;
	#leftAt = performance.now();
	#reason = 'It was never reached.';
	/** Whether the operator knows that it is out. */
	#isTold = false;
	/** How far it has certainly come, and when it said so: it never goes back while it follows. */
	#position: Position = NOWHERE;
	#saidAt = 0;
	/** When its server started: two of them that answer at one address may have come differently far. */
	#server = '';
	#state = askedAfter(() => this.#look());

	constructor(name: string, pool: Pool, primary: Queries) {
		this.#name = name;
		this.pool = pool;
		pool.on('error', (error) => this.leave(error));
		this.read = drizzle(new Falling(this, primary) as never) as unknown as Read;
	}

	/** Whether it may be asked. */
	get isIn(): boolean {
		return this.#isIn;
	}

	/** Leaves it out until it has come back. */
	leave(reason: unknown): void {
		this.#position = NOWHERE;
		if (!this.#isIn) return;
		this.#isIn = false;
		this.#leftAt = performance.now();
		this.#reason = reason instanceof Error ? reason.message : String(reason);
		if (reason !== LATE) this.#tell();
	}

	#tell(): void {
		if (this.#isTold) return;
		this.#isTold = true;
		log(this.#reason === PRIMARY ? 'info' : 'warn', 'replica.left-out', {
			replica: this.#name,
			reason: this.#reason
		});
	}

	/** Lets it in again if it is this site's and follows closely. */
	async comeBack(site: string | undefined, at: () => Promise<Position>): Promise<void> {
		if (this.#isIn) return;
		if (await this.#isBack(site, at)) {
			this.#isIn = true;
			if (this.#isTold) log('info', 'replica.in', { replica: this.#name });
			this.#isTold = false;
		} else if (performance.now() - this.#leftAt > TOLD_AFTER_MS) {
			this.#tell();
		}
	}

	async #isBack(site: string | undefined, at: () => Promise<Position>): Promise<boolean> {
		try {
			const { rows } = await this.pool.query<{ id: string }>('select id from site limit 1');
			if (rows.at(0)?.id !== site) throw new Error('It is not this site’s.');
			await this.#meet();
			return await this.#follows(await at(), RETURN_PATIENCE_MS);
		} catch (error) {
			this.#reason = error instanceof Error ? error.message : String(error);
		}
		return false;
	}

	async #meet(): Promise<void> {
		const asking = Array.from({ length: CONNECTIONS_COMPARED }, () =>
			this.pool.query<State>(STATE)
		);
		const servers = new Set((await Promise.all(asking)).map(({ rows }) => rows[0].server));
		if (servers.size > 1) throw new Error('Several servers answer there: name each by itself.');
		[this.#server] = servers;
	}

	/** Whether it has repeated all that the primary had written at this place, within a moment; else it is left out. */
	async hasReached(at: Position): Promise<boolean> {
		try {
			if (await this.#follows(at, PATIENCE_MS)) return true;
			this.leave(LATE);
		} catch (error) {
			this.leave(error);
		}
		return false;
	}

	async #look(): Promise<void> {
		const askedAt = performance.now();
		const { rows } = await this.pool.query<State>(STATE);
		const [{ recovers, receives, server, bytes, timeline }] = rows;
		if (!recovers) throw new Error(PRIMARY);
		if (!receives) throw new Error('It follows no primary.');
		if (server !== this.#server) throw new Error('Another server answers there.');
		this.#position = { bytes: BigInt(bytes), timeline };
		this.#saidAt = askedAt;
	}

	async #follows(at: Position, patience: number): Promise<boolean> {
		const until = performance.now() + patience;
		if (performance.now() - this.#saidAt > KNOWN_MS) this.#position = NOWHERE;
		while (!this.#isPast(at)) {
			const left = until - performance.now();
			if (left <= 0) return false;
			// An answer that does not come in time is still heard.
			const looking = this.#state();
			looking.catch(() => {});
			await Promise.race([looking, setTimeout(left, undefined, { ref: false })]);
			if (!this.#isPast(at)) await setTimeout(STEP_MS);
		}
		return true;
	}

	// Of two servers that were promoted apart, or of one that goes on after that, neither has what the other has.
	#isPast({ bytes, timeline }: Position): boolean {
		return this.#position.timeline === timeline && this.#position.bytes >= bytes;
	}
}
