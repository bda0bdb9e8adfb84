import type { Database, Tx } from './database.ts';

/** Runs `work` in the transaction given, or in one of its own when it is given the database. */
export function within<T>(db: Database | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
	return 'write' in db ? db.write(work) : work(db);
}
