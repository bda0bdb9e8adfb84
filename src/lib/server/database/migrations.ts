import type { MigrationMeta } from 'drizzle-orm/migrator';
import { join } from 'node:path';
import { dialect } from './columns.ts';

/** Where a dialect's migrations lie, in drizzle's words: the working directory is the project's own. */
export const folderOf = (name: typeof dialect) => ({
	migrationsFolder: join(process.cwd(), 'drizzle', name)
});
/** Where this dialect's migrations lie, in drizzle's words. */
export const MIGRATIONS = folderOf(dialect);

/** The database cannot be brought to this version's schema; the message says why, and what to do. */
export class MigrationError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'MigrationError';
	}
}

/** How a database is brought up to date. */
export interface MigrateOptions {
	/** Where migrations lie; this version's without it. */
	folder?: string;
	/** Is called before a database that has had migrations gets more, while nobody else can write. */
	beforeUpgrade?: () => Promise<void>;
}

/** Goes on where the last migration is known. @throws {MigrationError} when the last migration is one that this version does not know. */
export function assertKnown(last: number | null, known: MigrationMeta[]): void {
	if (last === null || known.some(({ folderMillis }) => folderMillis >= last)) return;
	throw new MigrationError(
		'The database is of a newer version of Afterword than this one. Install that version again, or restore a backup of this one. Nothing was changed.'
	);
}
