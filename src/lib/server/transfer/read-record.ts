import * as v from 'valibot';
import { normaliseText } from '../text/normalise.ts';
import { BadLine } from './bad-line.ts';
import { RECORDS, type AnyRecord, type RecordType } from './records.ts';

type Json = Record<string, unknown>;

/** A line's record, and how many of its fields are not known. */
export interface ReadRecord {
	record: AnyRecord;
	ignored: number;
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The details of an act are kept as they are: there, null says something.
const KEEPS_NULLS = 'details';

/** Every text made safe to keep. Null is taken for absent: that is how other software writes it. */
function tidy(value: unknown, keepNulls = false): unknown {
	if (typeof value === 'string') return normaliseText(value);
	if (Array.isArray(value)) return value.map((item) => tidy(item));
	if (!isObject(value)) return value;
	const entries = Object.entries(value).filter(([, field]) => keepNulls || field !== null);
	return Object.fromEntries(
		entries.map(([key, field]) => [normaliseText(key), tidy(field, key === KEEPS_NULLS)])
	);
}

function parse(text: string): Json {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new BadLine('it is not JSON');
	}
	if (!isObject(value)) throw new BadLine('it is not a JSON object');
	return value;
}

function isRecordType(type: unknown): type is RecordType {
	return typeof type === 'string' && Object.hasOwn(RECORDS, type);
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
	const path = (issue.path ?? []).map((step) => String(step.key)).join('.');
	if (issue.kind === 'schema' && issue.received === 'undefined') return `"${path}" is missing`;
	return `"${path}" ${issue.message}`;
}

/** How many fields of the input are not in what was read from it, at any depth. */
function countIgnored(input: unknown, read: unknown): number {
	if (Array.isArray(input) && Array.isArray(read)) {
		return input.reduce<number>((sum, item, at) => sum + countIgnored(item, read[at]), 0);
	}
	if (!isObject(input) || !isObject(read)) return 0;
	return Object.entries(input).reduce(
		(sum, [key, value]) => sum + (key in read ? countIgnored(value, read[key]) : 1),
		0
	);
}

/** A text field cut short, for words about it. */
function shown(type: unknown): string {
	return typeof type === 'string' ? `"${type.slice(0, 40)}"` : 'nothing';
}

/**
 * Reads one line of the interchange format. Null stands for an absent field.
 * @throws {BadLine} with what is wrong with it.
 */
export function readRecord(text: string): ReadRecord {
	const { type, ...given } = parse(text);
	if (type === undefined || type === null) throw new BadLine('"type" is missing');
	if (!isRecordType(type)) throw new BadLine(`there is no record type ${shown(type)}`);
	const input = tidy(given);
	const result = v.safeParse(RECORDS[type] as v.GenericSchema<unknown, Json>, input);
	if (!result.success) throw new BadLine(reasonOf(result.issues[0]));
	return {
		record: { type, fields: result.output } as unknown as AnyRecord,
		ignored: countIgnored(input, result.output)
	};
}
