import { dialectOf } from './addresses.ts';
import * as postgres from './columns.postgres.ts';
import * as sqlite from './columns.sqlite.ts';

/** Which SQL this process speaks: one process, one dialect. */
export const dialect = dialectOf(process.env.DATABASE_URL?.trim() ?? '') ?? 'sqlite';

// The only cast: the tables are typed as PostgreSQL's, whose types forbid calls that only SQLite has.
const columns = (dialect === 'postgres' ? postgres : sqlite) as typeof postgres;

export const {
	alias,
	table,
	text,
	integer,
	boolean,
	json,
	time,
	words,
	wordsJson,
	index,
	uniqueIndex,
	primaryKey
} = columns;
