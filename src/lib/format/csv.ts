/** What a cell of a table holds: numbers stand as they are. */
export type Cell = string | number;

// What spreadsheets take for the beginning of a formula, full-width forms too (OWASP, CSV injection).
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]|^\s|\s$/;
// By this programs know UTF-8 for what it is.
const BYTE_ORDER_MARK = '\uFEFF';

function cell(value: Cell): string {
	if (typeof value === 'number') return String(value);
	const text = FORMULA.test(value) ? `'${value}` : value;
	return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as CSV (RFC 4180) in UTF-8 with a byte order mark. A text that a spreadsheet would run as a
 * formula has an apostrophe before it.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
	return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
