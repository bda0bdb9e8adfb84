import { dialect } from './columns.ts';

interface Lockable<T> {
	for?: (strength: 'update' | 'share') => T;
}

/**
 * Locks the rows of a select until the transaction ends. On SQLite the write transaction is alone
 * already, and its query builder has no such call.
 */
export function forUpdate<T extends object>(query: T): T {
	return dialect === 'postgres' ? ((query as Lockable<T>).for!('update') as T) : query;
}

