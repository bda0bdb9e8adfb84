import type { Read } from '../database/database.ts';
import { accounts, articles, comments } from '../database/schema.ts';
import { atOneMoment } from '../database/snapshot.ts';
import { exportRecords } from '../transfer/export.ts';
import { readLines } from '../transfer/lines.ts';
import { writeFile } from '../transfer/write-file.ts';
import { BadBackup } from './bad-backup.ts';
import type { Contents } from './examine.ts';

/** Counts what a database holds. */
export async function contentsOf(db: Read): Promise<Contents> {
	return {
		accounts: await db.$count(accounts),
		articles: await db.$count(articles),
		comments: await db.$count(comments)
	};
}

const TYPES = { account: 'accounts', article: 'articles', comment: 'comments' } as const;

/** Reads a file back, to the checksum at its end. @throws {BadBackup} when it cannot be read */
async function readBack(path: string): Promise<{ contents: Contents; records: number }> {
	const contents: Contents = { accounts: 0, articles: 0, comments: 0 };
	let records = 0;
	for await (const line of readLines(path)) {
		if (!('text' in line)) throw new BadBackup(`Line ${line.number}: ${line.problem}.`);
		const { type } = JSON.parse(line.text) as { type: string };
		if (Object.hasOwn(TYPES, type)) contents[TYPES[type as keyof typeof TYPES]] += 1;
		records += 1;
	}
	return { contents, records };
}

/**
 * Writes what a PostgreSQL database holds at this moment to a packed file of the interchange format,
 * and reads it back.
 * @throws {BadBackup} when what is read back is not what was there.
 */
export async function exportDatabase(url: string, target: string): Promise<Contents> {
	let written = 0;
	const contents = await atOneMoment(url, async (db) => {
		await writeFile(target, exportRecords(db), () => (written += 1));
		return contentsOf(db);
	});
	const found = await readBack(target);
	if (found.records === written && JSON.stringify(found.contents) === JSON.stringify(contents)) {
		return contents;
	}
	throw new BadBackup('The file does not hold what the database holds.');
}
