import { dialect } from './columns.ts';

interface Lockable<T> {
	for?: (strength: 'no key update') => T;
}

/**
 * Locks the rows of a select until the transaction ends, against whoever else locks or changes them;
 * not against rows that refer to them, which would wait for each other crosswise. On SQLite the write
 * transaction is alone already, and its query builder has no such call.
 */
export function forUpdate<T extends object>(query: T): T {
	return dialect === 'postgres' ? ((query as Lockable<T>).for!('no key update') as T) : query;
}

