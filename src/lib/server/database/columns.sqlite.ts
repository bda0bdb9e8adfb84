import {
	alias as sqliteAlias,
	index as sqliteIndex,
	integer as sqliteInteger,
	primaryKey as sqlitePrimaryKey,
	sqliteTable,
	text as sqliteText,
	uniqueIndex as sqliteUniqueIndex
} from 'drizzle-orm/sqlite-core';
import { checkedJsonText, checkedText } from './checked-columns.ts';

/** The column kinds of the schema, as SQLite has them. `columns.postgres.ts` has the same names. */
export const table = sqliteTable;
/** Text, compared by its bytes. */
export const text = sqliteText;
/** A whole number. */
export const integer = sqliteInteger;
/** Yes or no, kept as 1 or 0. */
export const boolean = (name: string) => sqliteInteger(name, { mode: 'boolean' });
/** A point in time, kept as Unix milliseconds, as a `Date`. */
export const time = (name: string) => sqliteInteger(name, { mode: 'timestamp_ms' });
/** A JSON value, kept as text. */
export const json = (name: string) => sqliteText(name, { mode: 'json' });
/** What people wrote, with a checksum: SQLite has none, and must not show other words as theirs. */
export const words = checkedText;
/** The same as JSON. */
export const wordsJson = checkedJsonText;
/** An index. */
export const index = sqliteIndex;
/** A unique index. */
export const uniqueIndex = sqliteUniqueIndex;
/** A primary key of several columns. */
export const primaryKey = sqlitePrimaryKey;
/** A table under another name, for queries that join it twice. */
export const alias = sqliteAlias;
