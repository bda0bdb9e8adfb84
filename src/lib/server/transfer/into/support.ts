import { isId } from '../../ids.ts';
import { normaliseLine } from '../../text/normalise.ts';
import { excerpt } from '../../text/plain.ts';
import { BadLine, StrictStop } from '../bad-line.ts';
import type { Batch } from '../batch.ts';
import type { KnownType } from '../known.ts';
import { note, skip } from '../report.ts';

/** The id that a record gets here: its own if it is ours, else one that carries the time. */
export function idFor(batch: Batch, externalId: string, at: Date): string {
	return batch.source.native && isId(externalId) ? externalId : batch.idAt(at);
}

/** The row that a reference leads to. @throws {BadLine} when it leads nowhere. */
export async function referenced(
	batch: Batch,
	type: KnownType,
	field: string,
	externalId: string
): Promise<string> {
	const id = await batch.known.get(type, externalId);
	if (id !== null) return id;
	throw new BadLine(
		`"${field}" refers to ${type} "${externalId.slice(0, 80)}", which is not there`
	);
}

/** The row that a reference leads to, null for none. @throws {BadLine} when it leads nowhere. */
export async function optionally(
	batch: Batch,
	type: KnownType,
	field: string,
	externalId: string | undefined
): Promise<string | null> {
	return externalId === undefined ? null : referenced(batch, type, field, externalId);
}

/** A field of one line, cut where it is longer than its column may show. */
export function lineOf(
	batch: Batch,
	line: number,
	field: string,
	value: string | undefined,
	most: number
): string {
	const text = normaliseLine(value ?? '');
	if (text.length <= most) return text;
	note(batch.report, line, `"${field}" is longer than ${most} characters and was cut`);
	return excerpt(text, most).slice(0, most).toWellFormed();
}

/** A web address; what is none is left out. */
export function addressOf(
	batch: Batch,
	line: number,
	field: string,
	value: string | undefined
): string {
	const text = normaliseLine(value ?? '');
	if (text === '') return '';
	if (text.length <= 2000 && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) {
		return text;
	}
	note(batch.report, line, `"${field}" is no web address and was left out`);
	return '';
}

/**
 * Imports one record; a bad line is skipped and named in the report.
 * @returns whether it was imported.
 * @throws {StrictStop} for a bad line of a strict import.
 */
export async function attempt(
	batch: Batch,
	line: number,
	work: () => Promise<void>
): Promise<boolean> {
	try {
		await work();
		return true;
	} catch (error) {
		if (!(error instanceof BadLine)) throw error;
		if (batch.strict) throw new StrictStop(line, error.message);
		skip(batch.report, line, error.message);
		return false;
	}
}
