import type { Database } from '../database/database.ts';
import { meter } from './meter.ts';

/** The same database, whose every write is counted and timed. */
export function observed(db: Database): Database {
	return {
		...db,
		async write(work) {
			const start = performance.now();
			let succeeded = false;
			try {
				const value = await db.write(work);
				succeeded = true;
				return value;
			} finally {
				meter().wrote((performance.now() - start) / 1000, succeeded);
			}
		}
	};
}
