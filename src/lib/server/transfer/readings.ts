import { BadLine } from './bad-line.ts';
import type { Line } from './lines.ts';
import { readRecord } from './read-record.ts';
import type { AnyRecord } from './records.ts';

/** A line that was read: its record, or what is wrong with it. */
export type Reading = GoodReading | { line: number; problem: string };

/** A line's record, with what keeps a comment's place in time. */
export interface GoodReading {
	line: number;
	text: string;
	record: AnyRecord;
	/** How many of its fields are not known. */
	ignored: number;
	/** When it was written, by the file or by the comment before it. */
	at: Date;
	/** Whether the file itself says when. */
	dated: boolean;
}

// Few enough that nobody who waits to write waits long, enough that a commit is shared.
const RECORDS_AT_ONCE = 400;
// Twenty of the longest articles.
const CHARACTERS_AT_ONCE = 4_000_000;

/**
 * Reads lines. A comment that does not say when it was written has the time of the one before it on its
 * article, so that it stands where the file has it; the first has the time of the import.
 */
function reader(importedAt: Date): (line: Line) => Reading {
	let article = '';
	let latest = importedAt;
	return (line) => {
		if ('problem' in line) return { line: line.number, problem: line.problem };
		try {
			const { record, ignored } = readRecord(line.text);
			const reading = { line: line.number, text: line.text, record, ignored };
			if (record.type !== 'comment') return { ...reading, at: importedAt, dated: false };
			if (record.fields.article !== article) latest = importedAt;
			article = record.fields.article;
			latest = record.fields.created_at ?? latest;
			return { ...reading, at: latest, dated: record.fields.created_at !== undefined };
		} catch (error) {
			if (!(error instanceof BadLine)) throw error;
			return { line: line.number, problem: error.message };
		}
	};
}

/** Reads a file's lines in groups that are imported together. */
export async function* readInGroups(
	lines: AsyncIterable<Line>,
	importedAt: Date
): AsyncGenerator<Reading[]> {
	const read = reader(importedAt);
	let group: Reading[] = [];
	let characters = 0;
	for await (const line of lines) {
		group.push(read(line));
		characters += 'text' in line ? line.text.length : 0;
		if (group.length < RECORDS_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue;
		yield group;
		group = [];
		characters = 0;
	}
	if (group.length > 0) yield group;
}
