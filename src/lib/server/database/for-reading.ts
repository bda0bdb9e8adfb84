import type { Database } from './database.ts';

/**
 * The database for one request that reads: from a replica, if there is one that knows all that is
 * committed by now. Should the request write something all the same, it reads from the primary from then on.
 */
export async function forReading(db: Database): Promise<Database> {
	const replica = await db.reader();
	if (replica === db.read) return db;
	const mine: Database = {
		...db,
		read: replica,
		write(work) {
			mine.read = db.read;
			return db.write(work);
		}
	};
	return mine;
}
