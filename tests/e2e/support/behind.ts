import type { Database } from '../../../src/lib/server/database/database.ts';
import type { Site } from '../../support/server.ts';

/**
 * Works on the database of a site on SQLite, beside its server and in the tests' own process: a
 * command does the same, but takes a second to load.
 */
export async function behind<T>(site: Site, work: (db: Database) => Promise<T>): Promise<T> {
	const { open } = await import('../../../src/lib/server/database/open.ts');
	const db = await open(site.databaseUrl);
	try {
		return await work(db);
	} finally {
		await db.close();
	}
}

/** Whether `behind` can work there. */
export function isWithin({ databaseUrl }: Site): boolean {
	return databaseUrl.startsWith('file:');
}
