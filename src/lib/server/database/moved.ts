import { existsSync } from 'node:fs';
import { dialect } from './columns.ts';
import { hasSqlState } from './errors.ts';
import { withClient } from './postgres-client.ts';
import { connectSqlite, sqlitePath } from './sqlite.ts';

/** In a SQLite file: one row once its site has moved. In PostgreSQL: there while a site arrives. */
export const MARK = 'afterword_move';
/** In a SQLite file: the rows that changed while they were copied. */
export const CHANGES = 'afterword_move_changes';
/** What a write to a file says whose site has moved, whatever program makes it. */
export const MOVED_WORDS = 'The site of this file has moved to another database.';
/** Tables that are no part of the site. */
export const OWN_TABLES = [MARK, CHANGES, '__drizzle_migrations'];

/** The database is not where the site is, or not yet. */
export class NotInService extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'NotInService';
	}
}

/** A move that took place, as the file that was left says. */
export interface Mark {
	id: string;
	/** The new database's host and name, without who signs in to it. */
	target: string;
	movedAt: string;
}

/** Says where a SQLite file's site moved to; null for a file whose site is here. */
export function markOf(url: string): Mark | null {
	const path = sqlitePath(url);
	// Connecting would make the file.
	if (!existsSync(path)) return null;
	const connection = connectSqlite(path, true);
	try {
		const table = connection.prepare('select 1 from sqlite_schema where name = ?').get(MARK);
		if (!table) return null;
		const query = `select id, target, moved_at as movedAt from ${MARK}`;
		return connection.prepare<[], Mark>(query).get() ?? null;
	} finally {
		connection.close();
	}
}

async function isArriving(url: string): Promise<boolean> {
	const query = 'select to_regclass($1) is not null as arriving';
	const { rows } = await withClient(url, (client) =>
		client.query<{ arriving: boolean }>(query, [MARK])
	);
	return rows[0].arriving;
}

async function assertArrived(url: string): Promise<void> {
	const arriving = await isArriving(url).catch((error: unknown) => {
		// A PostgreSQL without that function knows no such mark either.
		if (hasSqlState(error, '42883')) return false;
		throw error;
	});
	if (!arriving) return;
	throw new NotInService(
		'A site is being moved to this database, or its move was broken off: run the move again to its end before anything uses it.'
	);
}

/**
 * Asserts that the site of this database is here: it has not moved away, and is not still arriving.
 * Two that go on apart could never be made one again.
 * @throws {NotInService} in words for the operator.
 */
export async function assertInService(url: string): Promise<void> {
	if (dialect === 'postgres') return assertArrived(url);
	const mark = markOf(url);
	if (!mark) return;
	throw new NotInService(
		`The site of this file moved to ${mark.target} on ${mark.movedAt}: set DATABASE_URL to that database. To come back to the file as it was then: npm run cli -- move --take-back`
	);
}
