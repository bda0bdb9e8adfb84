import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { system } from '../lib/server/actor.ts';
import { config } from '../lib/server/config.ts';
import { schemaState } from '../lib/server/database/schema-state.ts';
import * as events from '../lib/server/security/events.ts';
import { importFiles, type ImportOptions } from '../lib/server/transfer/import.ts';
import { madeBy, type Remark, type Report } from '../lib/server/transfer/report.ts';
import { read, UsageError, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { pathOf } from './paths.ts';
import { bytes, showProgress, things } from './progress.ts';
import { answer, safe } from './terminal.ts';

const HELP = `Imports files of the interchange format (JSON Lines, gzipped or not; - is standard input).
What was imported before is left as it is. Lines that are not valid are skipped and named.

  import FILE… [--dry-run] [--strict]

  --dry-run  reports the same and changes nothing
  --strict   stops at the first bad line and changes nothing
  --json     the report as JSON

With --dry-run and --strict the import is one transaction: a server on the same SQLite file
cannot write while it runs.`;

// More are in the JSON.
const REMARKS_SHOWN = 20;

function remarks(title: string, list: Remark[]): string[] {
	if (list.length === 0) return [];
	const shown = list.slice(0, REMARKS_SHOWN).map(({ file, line, reason }) => {
		return `  ${file === undefined ? '' : `${safe(file)}, `}line ${line}: ${safe(reason)}`;
	});
	const more = list.length - shown.length;
	return [title, ...shown, ...(more > 0 ? [`  … and ${more} more (see --json)`] : [])];
}

function words(report: Report, dryRun: boolean): string {
	const { articles, comments, accounts, categories, bylines, quotes, notes = [] } = report;
	const counts = [
		[articles, 'article'],
		[comments, 'comment'],
		[accounts, 'account'],
		[categories, 'category'],
		[bylines, 'byline']
	] as const;
	const made = counts.filter(([count]) => count > 0).map(([count, what]) => things(what)(count));
	const quoted = quotes.exact + quotes.altered + quotes.unresolved;
	const verb = dryRun ? 'Would import' : 'Imported';
	return [
		madeBy(report) === 0 ? 'Nothing new.' : `${verb} ${made.join(', ')}.`,
		...(quoted === 0
			? []
			: [
					`Quotes: ${quotes.exact} exact, ${quotes.altered} altered, ${quotes.unresolved} without a source.`
				]),
		...(report.unchanged === 0 ? [] : [`There already: ${report.unchanged}.`]),
		...(report.ignored_fields === 0
			? []
			: [`Fields not known and ignored: ${report.ignored_fields}.`]),
		...remarks(`Skipped: ${report.skipped.length}`, report.skipped),
		...remarks(`Imported with a change: ${notes.length}`, notes)
	].join('\n');
}

/** The size of all files in bytes, null when one is no file. @throws {Error} when one is not there */
async function sizeOf(paths: string[]): Promise<number | null> {
	let total: number | null = 0;
	for (const path of paths) {
		const about = path === '-' ? null : await stat(path);
		if (about?.isDirectory()) throw new UsageError(`${path} is a directory.`);
		total = total === null || !about?.isFile() ? null : total + about.size;
	}
	return total;
}

/** Runs a rehearsal for a site that is not there yet on a database that goes afterwards. */
async function elsewhere(work: (url: string) => Promise<Report>): Promise<Report> {
	const directory = await mkdtemp(join(tmpdir(), 'afterword-dry-run-'));
	try {
		return await work(`file:${join(directory, 'afterword.db')}`);
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}

async function importAll(paths: string[], options: ImportOptions): Promise<Report> {
	const { databaseUrl, dialect } = config();
	const importInto = (url: string) =>
		withDatabase({ create: true, url }, async (db) => {
			const report = await importFiles(db, paths, options);
			if (!options.dryRun) await events.record(db, system, 'import.made');
			return report;
		});
	const isNew = dialect === 'sqlite' && (await schemaState(databaseUrl)).kind === 'none';
	return options.dryRun && isNew ? elsewhere(importInto) : importInto(databaseUrl);
}

/** Imports files. */
export const command: Command = {
	summary: 'import files of the interchange format',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {
			'dry-run': { type: 'boolean', default: false },
			strict: { type: 'boolean', default: false }
		});
		if (positionals.length === 0) throw new UsageError('FILE is missing.');
		const paths = positionals.map(pathOf);
		const progress = showProgress('Importing', await sizeOf(paths), bytes);
		let done = 0;
		const onBytes = (more: number) => progress.set((done += more));
		const { strict, 'dry-run': dryRun } = values;
		try {
			const report = await importAll(paths, { strict, dryRun, onBytes });
			progress.end();
			answer(values.json, report, words(report, dryRun));
		} finally {
			progress.end();
		}
	}
};
