/** Does at once what a running server does by the clock: `node tests/support/due.ts`. */
import { withDatabase } from '../../src/cli/database.ts';
import { scheduled } from '../../src/lib/server/backup/scheduled.ts';
import * as deletion from '../../src/lib/server/accounts/leaving/deletion.ts';
import * as mailing from '../../src/lib/server/notifications/mail/mailing.ts';

await withDatabase({ create: false }, async (db) => {
	await deletion.deleteDue(db);
	await mailing.mailDue(db);
	await scheduled(db).makeDue();
});
