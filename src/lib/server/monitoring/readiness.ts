import { setTimeout } from 'node:timers/promises';
import { now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { latestApplied, latestKnown } from '../database/schema-state.ts';
import { rateLimits } from '../database/schema.ts';
import { log } from '../log.ts';
import { shared } from '../process.ts';

/** Why no requests should be sent here: the server ends, or what is wrong with the database. */
export type Unready = 'ending' | 'read' | 'schema' | 'write' | 'slow';

// However many ask, the database is looked at once in this time.
const KEPT_MS = 1000;
// Balancers wait for two to five seconds; readers do not wait longer either.
const PATIENCE_MS = 2000;
// A look that a lost connection never answers must not be the last one.
const GIVEN_UP_MS = 15_000;
/** A row that nobody else has, in the one table whose rows are swept away. */
const ROW = 'readiness';

function state(): { isEnding: boolean } {
	return shared('readiness', () => ({ isEnding: false }));
}

/** From now on no requests should be sent here: the server ends. */
export function end(): void {
	state().isEnding = true;
}

/**
 * A small transaction of its own: only a commit finds a full disk, a file that became read-only, a
 * lock that somebody keeps, and a PostgreSQL that has become a standby.
 */
async function write(db: Database): Promise<void> {
	const { key } = rateLimits;
	const row = { key: ROW, wholeAt: now() };
	await db.write(async (tx) => {
		await tx
			.insert(rateLimits)
			.values(row)
			.onConflictDoUpdate({ target: key, set: { wholeAt: row.wholeAt } });
	});
}

async function examine(db: Database, known: number): Promise<Unready | null> {
	let applied: number | null;
	try {
		applied = await latestApplied(db.read);
	} catch {
		return 'read';
	}
	if (applied !== known) return 'schema';
	return write(db).then(
		() => null,
		() => 'write'
	);
}

function inTime(result: Promise<Unready | null>): Promise<Unready | null> {
	const timer = new AbortController();
	const slow = setTimeout(PATIENCE_MS, 'slow' as const, { signal: timer.signal, ref: false });
	// Ended by us, it has lost the race already.
	slow.catch(() => {});
	return Promise.race([result, slow]).finally(() => timer.abort());
}

/** A look at the database, under way or done. */
interface Look {
	startedAt: number;
	isDone: boolean;
	result: Promise<Unready | null>;
}

function look(db: Database, known: number): Look {
	const result = examine(db, known);
	const one: Look = { startedAt: performance.now(), isDone: false, result: inTime(result) };
	void result.then(() => (one.isDone = true));
	return one;
}

/**
 * What tells whether requests should be sent to this process, and why not. Those who ask at once
 * share one look at the database, which holds for a second.
 */
export function readiness(db: Database): () => Promise<Unready | null> {
	const known = latestKnown();
	let last: Look | null = null;
	let told: Unready | null = null;
	const tell = (why: Unready | null) => {
		if (why !== told)
			log(why === null ? 'info' : 'warn', 'readiness', { ready: why === null, why });
		told = why;
	};
	return async () => {
		if (state().isEnding) return 'ending';
		const age = last === null ? Infinity : performance.now() - last.startedAt;
		if (last === null || age > (last.isDone ? KEPT_MS : GIVEN_UP_MS)) {
			last = look(db, known);
			void last.result.then(tell);
		}
		return last.result;
	};
}
