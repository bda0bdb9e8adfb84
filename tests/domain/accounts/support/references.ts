import { getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '#lib/server/database/schema.ts';

/** A column that names an account. */
export interface Reference {
	/** As in `votes.accountId`. */
	name: string;
	table: PgTable;
	column: PgColumn;
}

interface ForeignKey {
	reference(): { columns: unknown[]; foreignColumns: unknown[] };
}

function keysOf(table: object): ForeignKey[] {
	const symbol = Object.getOwnPropertySymbols(table).find(({ description }) =>
		description?.endsWith('InlineForeignKeys')
	);
	return symbol ? (table as Record<symbol, ForeignKey[]>)[symbol] : [];
}

/** Every column of the schema that refers to an account, by the names that the schema gives them. */
export function referencesToAccounts(): Reference[] {
	return Object.entries(schema).flatMap(([name, value]) => {
		if (!is(value, Table)) return [];
		const table = value as unknown as PgTable;
		const own = Object.entries(getTableColumns(table));
		return keysOf(table).flatMap((key) => {
			const { columns, foreignColumns } = key.reference();
			const isOurs = foreignColumns[0] === schema.accounts.id;
			const found = own.find(([, column]) => column === columns[0]);
			if (!isOurs || !found || getTableName(table) === 'accounts') return [];
			return [{ name: `${name}.${found[0]}`, table, column: found[1] as PgColumn }];
		});
	});
}
