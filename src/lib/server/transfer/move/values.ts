import { hash } from 'node:crypto';
import { checked, ChecksumError } from '../../database/checksum.ts';
import type { Column, Kind, MovedTable } from './tables.ts';

/** A value in the form that both databases' are compared in; JSON is text with its keys sorted. */
export type Value = string | number | boolean | null;
/** A row's values in the order of its table's columns. */
export type Row = Value[];

/** What a SQLite file may hold and PostgreSQL cannot. */
export class Uncarried extends Error {}

/** Text without its checksum. */
function checkedText(value: unknown): string {
	try {
		return checked(textOf(value));
	} catch (error) {
		throw error instanceof ChecksumError ? new Uncarried('is not what was written') : error;
	}
}

const INTEGER_MOST = 2_147_483_647;
// The years 1 and 275760: what both databases and JavaScript know.
const [EARLIEST, LATEST] = [-62_135_596_800_000, 8_640_000_000_000_000];
// PostgreSQL has no NUL in text, and JavaScript's halves of characters are no text in any database.
const UNREADABLE = '\ufffd';

/** Text as PostgreSQL can hold it. */
export function mended(text: string): string {
	return text.toWellFormed().replaceAll('\0', UNREADABLE);
}

function sorted(value: unknown): unknown {
	if (typeof value === 'string') return mended(value);
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	const entries = Object.entries(value).map(
		([key, inner]) => [mended(key), sorted(inner)] as const
	);
	return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function jsonOf(text: string): string {
	try {
		return JSON.stringify(sorted(JSON.parse(text)));
	} catch {
		throw new Uncarried('is no JSON');
	}
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	throw new Uncarried('is no text');
}

function numberOf(value: unknown, least: number, most: number): number {
	if (typeof value !== 'number' || !Number.isInteger(value)) {
		throw new Uncarried('is no whole number');
	}
	if (value >= least && value <= most) return value;
	throw new Uncarried('is out of range');
}

const FROM_SQLITE: Record<Kind, (value: unknown) => Value> = {
	text: (value) => mended(textOf(value)),
	words: (value) => mended(checkedText(value)),
	integer: (value) => numberOf(value, -INTEGER_MOST - 1, INTEGER_MOST),
	boolean: (value) => numberOf(value, 0, 1) === 1,
	time: (value) => numberOf(value, EARLIEST, LATEST),
	json: (value) => jsonOf(checkedText(value))
};

const FROM_POSTGRES: Record<Kind, (value: string | number | boolean) => Value> = {
	text: (value) => value,
	words: (value) => value,
	integer: Number,
	boolean: (value) => value,
	time: Number,
	json: (value) => jsonOf(String(value))
};

/** A value of a SQLite row as it is carried. @throws {Uncarried} for what PostgreSQL cannot hold */
export function fromSqlite({ kind }: Column, value: unknown): Value {
	return value === null ? null : FROM_SQLITE[kind](value);
}

/** A value as `readable` selects it from PostgreSQL. */
export function fromPostgres({ kind }: Column, value: string | number | boolean | null): Value {
	return value === null ? null : FROM_POSTGRES[kind](value);
}

// Of JSON, what stands for it in the file: a NUL or a half of a character is an escape there.
const UNREADABLE_ESCAPE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** Whether carrying a value changed it: it held what PostgreSQL cannot. */
export function isMended({ kind }: Column, value: unknown, carried: Value): boolean {
	if (kind === 'text') return value !== carried;
	if (kind === 'words') return checkedText(value) !== carried;
	if (kind !== 'json') return false;
	return UNREADABLE_ESCAPE.test(String(value)) && String(carried).includes(UNREADABLE);
}

/** A row's key, as text that is the same on both sides. */
export function keyOf({ key }: MovedTable, row: Row): string {
	return JSON.stringify(key.map((at) => row[at]));
}

const LANE_BITS = 64;

/** How many rows, and the sum of their SHA-256: the same for the same rows in any order. */
export class Tally {
	rows = 0;
	#lanes = [0n, 0n];

	add(row: Row): void {
		const digest = hash('sha256', JSON.stringify(row), 'buffer');
		this.rows += 1;
		this.#lanes = this.#lanes.map((lane, at) =>
			BigInt.asUintN(LANE_BITS, lane + digest.readBigUInt64BE(at * 8))
		);
	}

	/** The sum in hexadecimal. */
	get hash(): string {
		return this.#lanes.map((lane) => lane.toString(16).padStart(16, '0')).join('');
	}
}
