import type { Database } from '../database/database.ts';
import { importFiles } from '../transfer/import.ts';
import { madeBy } from '../transfer/report.ts';
import { BadBackup } from './bad-backup.ts';

/**
 * Fills an empty database from a packed export, as one transaction.
 * @throws {BadBackup} for a file that is cut short or damaged; nothing is written then.
 */
export async function fillFrom(db: Database, file: string): Promise<void> {
	try {
		const report = await importFiles(db, [file], { strict: true });
		if (madeBy(report) === 0) throw new BadBackup('It holds nothing.');
	} catch (error) {
		const isData = error instanceof Error && !('code' in error);
		throw isData ? new BadBackup(error.message) : error;
	}
}
