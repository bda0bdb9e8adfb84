import {
	alias as pgAlias,
	boolean as pgBoolean,
	index as pgIndex,
	integer as pgInteger,
	jsonb,
	pgTable,
	primaryKey as pgPrimaryKey,
	text as pgText,
	timestamp,
	uniqueIndex as pgUniqueIndex
} from 'drizzle-orm/pg-core';

/** The column kinds of the schema, as PostgreSQL has them. `columns.sqlite.ts` has the same names. */
export const table = pgTable;
/** Text; ids sort by bytes on both databases because the columns that are paged have ASCII ids. */
export const text = pgText;
/** A whole number up to 2,147,483,647. */
export const integer = pgInteger;
/** Yes or no. */
export const boolean = pgBoolean;
/** A point in time, to the millisecond, as a `Date`. */
export const time = (name: string) => timestamp(name, { precision: 3, withTimezone: true });
/** A JSON value. */
export const json = jsonb;
/** What people wrote; PostgreSQL can keep checksums of its own, of every page. */
export const words = (name: string) => pgText(name);
/** The same as JSON. */
export const wordsJson = jsonb;
/** An index. */
export const index = pgIndex;
/** A unique index. */
export const uniqueIndex = pgUniqueIndex;
/** A primary key of several columns. */
export const primaryKey = pgPrimaryKey;
/** A table under another name, for queries that join it twice. */
export const alias = pgAlias;
