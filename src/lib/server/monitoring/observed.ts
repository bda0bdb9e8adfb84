import { dialect } from '../database/columns.ts';
import type { Database } from '../database/database.ts';
import { meter } from './meter.ts';
import { traced } from './tracing.ts';

const SYSTEM = { 'db.system.name': dialect === 'postgres' ? 'postgresql' : 'sqlite' };

/** The same database, whose every write is counted, timed and traced. */
export function observed(db: Database): Database {
	return {
		...db,
		async write(work) {
			const start = performance.now();
			let succeeded = false;
			try {
				const value = await traced('database write', SYSTEM, () => db.write(work));
				succeeded = true;
				return value;
			} finally {
				meter().wrote((performance.now() - start) / 1000, succeeded);
			}
		}
	};
}
