import { setTimeout } from 'node:timers/promises';
import { now } from '../clock.ts';
import { dialect } from '../database/columns.ts';
import type { Database } from '../database/database.ts';
import { idMaker } from '../ids.ts';
import { StrictStop } from './bad-line.ts';
import { openBatch, settle, type Batch } from './batch.ts';
import { restoreRevisions } from './fresh.ts';
import { importOrphan } from './into/comments.ts';
import { storeQuotes } from './into/quotes.ts';
import { importRecord, prepare } from './into/record.ts';
import { importSite } from './into/site.ts';
import { attempt } from './into/support.ts';
import type { Source } from './known.ts';
import { readLines, type Line } from './lines.ts';
import { inOneTransaction } from './one-transaction.ts';
import { readInGroups, type Reading } from './readings.ts';
import type { RecordOf } from './records.ts';
import { addTo, emptyReport, skip, type Report } from './report.ts';
import { openScratch } from './scratch.ts';
import { sourceOf, UNNAMED } from './source.ts';

/** How an import is done. */
export interface ImportOptions {
	/** Stops at the first bad line, and then changes nothing. */
	strict?: boolean;
	/** Does everything but keep it. */
	dryRun?: boolean;
	/** Is told how many bytes of the files have been read. */
	onBytes?: (bytes: number) => void;
}

/** An import under way. */
interface Session extends Pick<Batch, 'scratch' | 'at' | 'idAt' | 'strict'> {
	db: Database;
	source: Source;
	report: Report;
	/** The revision that a restored site gets at the end. */
	siteRevision: number | null;
	/** Time left to other writers between two batches, in milliseconds. */
	pause: number;
}

// A server that waits for SQLite's lock looks again about this often.
const PAUSE_MS = 20;
// Each may bring a whole thread along.
const ORPHANS_AT_ONCE = 50;

/** Runs a batch in one transaction; what it made counts when that is committed. */
async function inBatch(session: Session, work: (batch: Batch) => Promise<void>): Promise<void> {
	const part = await session.db.write(async (tx) => {
		session.scratch.begin();
		const batch = openBatch(tx, { ...session, freshSite: session.siteRevision !== null });
		await work(batch);
		await settle(batch);
		return batch.report;
	});
	session.scratch.commit();
	addTo(session.report, part);
	if (session.pause > 0) await setTimeout(session.pause);
}

async function importGroup(session: Session, group: Reading[]): Promise<void> {
	await inBatch(session, async (batch) => {
		await prepare(batch, group);
		for (const reading of group) {
			if ('record' in reading) {
				batch.report.ignored_fields += reading.ignored;
				await attempt(batch, reading.line, () => importRecord(batch, reading));
			} else if (session.strict) throw new StrictStop(reading.line, reading.problem);
			else skip(batch.report, reading.line, reading.problem);
		}
		await storeQuotes(batch);
	});
}

/** Places the comments whose parents never came, then those that are each other's parents. */
async function placeOrphans(session: Session): Promise<void> {
	while (session.scratch.holdsAny()) {
		await inBatch(session, async (batch) => {
			const orphans = batch.scratch.takeOrphans(ORPHANS_AT_ONCE);
			for (const held of orphans) {
				const why = 'its parent never came: it stands at the top level';
				await attempt(batch, held.line, () => importOrphan(batch, held, why));
			}
			const first = orphans.length === 0 ? batch.scratch.takeFirst() : null;
			if (first === null) return;
			const why = 'it and its parents reply to each other: it stands at the top level';
			await attempt(batch, first.line, () => importOrphan(batch, first, why));
		});
	}
}

type SiteFields = RecordOf<'site'>;

/** Takes the `site` record off the first group, if it begins with one. */
function takeSite(group: Reading[]): { fields: SiteFields; ignored: number } | null {
	const first = group[0];
	if (!first || !('record' in first) || first.record.type !== 'site') return null;
	group.shift();
	return { fields: first.record.fields, ignored: first.ignored };
}

/**
 * Imports the lines of one file.
 * @throws {StrictStop} at the first bad line of a strict import; earlier batches are the caller's to undo.
 */
export async function importLines(
	db: Database,
	lines: AsyncIterable<Line>,
	options: { strict?: boolean; pause?: boolean } = {}
): Promise<Report> {
	const session: Session = {
		db,
		source: UNNAMED,
		scratch: openScratch(),
		at: now(),
		idAt: idMaker(),
		strict: options.strict ?? false,
		report: emptyReport(),
		siteRevision: null,
		pause: options.pause && dialect === 'sqlite' ? PAUSE_MS : 0
	};
	let begun = false;
	try {
		for await (const group of readInGroups(lines, session.at)) {
			if (!begun) {
				const site = takeSite(group);
				session.source = sourceOf(site?.fields ?? null);
				session.siteRevision = await importSite(db, site?.fields ?? null, session.source.native);
				session.report.ignored_fields += site?.ignored ?? 0;
				begun = true;
			}
			await importGroup(session, group);
		}
		await placeOrphans(session);
		await restoreRevisions(db, session.scratch, session.siteRevision);
		return session.report;
	} finally {
		session.scratch.close();
	}
}

async function importEach(db: Database, paths: string[], options: ImportOptions, pause: boolean) {
	const total = emptyReport();
	for (const path of paths) {
		const lines = readLines(path, options.onBytes);
		const report = await importLines(db, lines, { strict: options.strict, pause });
		addTo(total, report, paths.length > 1 ? path : undefined);
	}
	return total;
}

/**
 * Imports files of the interchange format, one after the other, in batches that leave room for a running
 * server; strict imports and rehearsals are one transaction, which SQLite's other writers wait for.
 * @throws {StrictStop} at the first bad line of a strict import, with nothing changed;
 * {Error} for a file that cannot be read, after what came before was imported.
 */
export async function importFiles(
	db: Database,
	paths: string[],
	options: ImportOptions = {}
): Promise<Report> {
	if (!options.strict && !options.dryRun) return importEach(db, paths, options, true);
	return inOneTransaction(db, { keep: !options.dryRun }, (within) =>
		importEach(within, paths, options, false)
	);
}
