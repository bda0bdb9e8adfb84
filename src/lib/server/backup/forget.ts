import { and, isNull, sql } from 'drizzle-orm';
import { system } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import {
	challenges,
	knownDevices,
	mails,
	oneTimeTokens,
	sessions,
	site
} from '../database/schema.ts';
import * as events from '../security/events.ts';

// More than a site's revision rises between a backup and the day on which it is needed.
const AHEAD = 1_000_000;
const NOT_AGAIN = 'It waited when the backup was made that this site was restored from.';

/**
 * What must not come back with a backup: sessions and links that may have been ended since, and mail
 * that went out since. Pages that were kept elsewhere count as old.
 */
export async function forget(db: Database, file: string): Promise<void> {
	await db.write(async (tx) => {
		for (const table of [sessions, oneTimeTokens, challenges, knownDevices]) await tx.delete(table);
		const words = { text: '', html: '', unsubscribeUrl: '' };
		await tx
			.update(mails)
			.set({ failedAt: now(), lastError: NOT_AGAIN, ...words })
			.where(and(isNull(mails.sentAt), isNull(mails.failedAt)));
		await tx.update(site).set({ revision: sql`${site.revision} + ${AHEAD}` });
		await events.record(tx, system, 'backup.restored', { details: { file } });
	});
}
