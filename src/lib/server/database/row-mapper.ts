import { Column, is, SQL, Subquery } from 'drizzle-orm';

interface Decoder {
	mapFromDriverValue(value: unknown): unknown;
}

/** What drizzle's prepared queries are like inside, on both databases (0.45). */
interface Prepared {
	fields?: { path: string[]; field: unknown }[];
	customResultMapper?: (rows: unknown[][]) => unknown[];
}

function decoderOf(field: unknown): Decoder {
	if (is(field, Column)) return field;
	if (is(field, SQL)) return (field as unknown as { decoder: Decoder }).decoder;
	if (is(field, Subquery)) return (field._.sql as unknown as { decoder: Decoder }).decoder;
	return (field as { sql: { decoder: Decoder } }).sql.decoder;
}

function isPlain({ mapFromDriverValue }: Decoder): boolean {
	return mapFromDriverValue === Column.prototype.mapFromDriverValue;
}

/** A column of what is selected; without a decoder where the value is taken as it comes. */
interface ColumnOfRow {
	name: string;
	decoder: Decoder | null;
}

/**
 * Writes the function that makes rows, as an object literal with the names in it. A loop that all queries share stores
 * each value under a name that V8 has to look up, which takes half as long as SQLite does to read the row.
 */
function writeMapper(columns: ColumnOfRow[]): (rows: unknown[][]) => unknown[] {
	const parts = columns.map(({ name, decoder }, n) => {
		const value = `values[${n}]`;
		const decoded = `${value} === null ? null : decoders[${n}].mapFromDriverValue(${value})`;
		return `${JSON.stringify(name)}: ${decoder ? decoded : value}`;
	});
	const text = `return (rows) => rows.map((values) => ({ ${parts.join(', ')} }));`;
	// Nothing is in it but names of our own columns.
	const write = new Function('decoders', text) as (
		decoders: (Decoder | null)[]
	) => (rows: unknown[][]) => unknown[];
	return write(columns.map(({ decoder }) => decoder));
}

/**
 * Has a prepared select make its rows in one pass. Drizzle finds out for each value of each row what kind
 * of column it is of, which takes longer than SQLite does to read the row; here it is found out once. The
 * rows are the same. A select that nests what it gives is left to drizzle.
 */
export function mappedQuickly<Query extends object>(query: Query): Query {
	const prepared = query as Prepared;
	const { fields, customResultMapper } = prepared;
	if (!fields || customResultMapper || fields.some(({ path }) => path.length > 1)) return query;
	const columns = fields.map(({ path: [name], field }) => {
		const decoder = decoderOf(field);
		return { name, decoder: isPlain(decoder) ? null : decoder };
	});
	prepared.customResultMapper = writeMapper(columns);
	return query;
}
