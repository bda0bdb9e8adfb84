import { sql } from 'drizzle-orm';
import { dialect } from './columns.ts';
import type { Tx } from './database.ts';

interface Lockable<T> {
	for?: (strength: 'update' | 'no key update', options: { skipLocked?: true }) => T;
}

interface LockOptions {
	againstReferences?: boolean;
	skipLocked?: boolean;
}

/**
 * Locks the rows of a select until the transaction ends, against whoever else locks or changes them.
 * Rows that refer to them may still be added, else two transactions could wait for each other
 * crosswise; with `againstReferences` those wait too. With `skipLocked` rows that
 * another transaction has locked are passed over instead of waited for. On SQLite the write transaction is alone
 * already, and its query builder has no such call.
 */
export function forUpdate<T extends object>(query: T, options: LockOptions = {}): T {
	if (dialect !== 'postgres') return query;
	const strength = options.againstReferences ? 'update' : 'no key update';
	return (query as Lockable<T>).for!(strength, options.skipLocked ? { skipLocked: true } : {}) as T;
}

/** What is done by one process at a time, where there is no row yet to be locked. */
const TURNS = { site: 7_236_013 };

/** Waits until no other transaction has this turn, and has it until this one ends. On SQLite nobody else writes anyway. */
export async function takeTurn(tx: Tx, turn: keyof typeof TURNS): Promise<void> {
	if (dialect !== 'postgres') return;
	const locked = sql`pg_advisory_xact_lock(${TURNS[turn]})`;
	await tx.select({ locked }).from(sql`(values (1)) as one`);
}
