import { system } from '../lib/server/actor.ts';
import { config } from '../lib/server/config.ts';
import { atOneMoment } from '../lib/server/database/snapshot.ts';
import * as events from '../lib/server/security/events.ts';
import { exportRecords } from '../lib/server/transfer/export.ts';
import { writeFile, writeTo } from '../lib/server/transfer/write-file.ts';
import { expect, read, UsageError, type Command } from './command.ts';
import { assertReady, withDatabase } from './database.ts';
import { pathOf } from './paths.ts';
import { showProgress, things } from './progress.ts';
import { answer, say } from './terminal.ts';

const HELP = `Writes the whole site to a file in the interchange format, as it is at this moment; the
server may be running. The file holds e-mail addresses, password hashes and removed comments:
only its owner may read it. Imported into an empty database it makes the same site.

  export FILE

FILE ending in .gz is gzipped; - is standard output.

  --json  {"file": …, "records": number} on standard output (not with -)`;

/** Exports the site. */
export const command: Command = {
	summary: 'write the whole site to a file',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {});
		expect(positionals, 'FILE');
		const path = pathOf(positionals[0]);
		if (path === '-' && values.json) {
			throw new UsageError('Standard output cannot hold the export and a result.');
		}
		const { databaseUrl, origin } = config();
		await assertReady(databaseUrl, false);
		const progress = showProgress('Exporting', null, things('record'));
		let records = 0;
		const count = () => progress.set(++records);
		await atOneMoment(databaseUrl, (db) => {
			const all = exportRecords(db, origin);
			return path === '-' ? writeTo(process.stdout, all, count) : writeFile(path, all, count);
		}).finally(() => progress.end());
		const details = { records: String(records) };
		await withDatabase({ create: false }, (db) =>
			events.record(db, system, 'export.made', { details })
		);
		say(`Exported ${things('record')(records)}${path === '-' ? '' : ` to ${path}`}.`);
		if (values.json) answer(true, { file: path, records }, '');
	}
};
