import { dialect } from './columns.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import type { MigrateOptions } from './migrations.ts';
import { assertInService } from './moved.ts';
import { assertSpoken } from './open.ts';

/**
 * Brings the database of a URL to this version's schema; does nothing when it is there already.
 * @throws {MigrationError} for a database of a newer version; {NotInService} when the site has moved
 * away from it, or is still being moved to it.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<void> {
	assertSpoken(url);
	await assertInService(url);
	return dialect === 'postgres' ? migratePostgres(url, options) : migrateSqlite(url, options);
}
