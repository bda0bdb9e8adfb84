import { dialect } from './columns.ts';

interface Lockable<T> {
	for?: (strength: 'update' | 'no key update') => T;
}

/**
 * Locks the rows of a select until the transaction ends, against whoever else locks or changes them.
 * Rows that refer to them may still be added, else two transactions could wait for each other
 * crosswise; with `againstReferences` those wait too. On SQLite the write transaction is alone
 * already, and its query builder has no such call.
 */
export function forUpdate<T extends object>(query: T, { againstReferences = false } = {}): T {
	if (dialect !== 'postgres') return query;
	return (query as Lockable<T>).for!(againstReferences ? 'update' : 'no key update') as T;
}
