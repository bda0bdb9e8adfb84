import { desc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { mails } from '#lib/server/database/schema.ts';
import { tryOf } from '../../mail/support/mailing.ts';

/** The mails that wait for an address, the last first. */
export function mailsTo(db: Database, recipient: string) {
	return db.read.select().from(mails).where(eq(mails.recipient, recipient)).orderBy(desc(mails.id));
}

/** The secret of the link in the last mail to an address that has one of this path. */
export async function tokenFor(db: Database, recipient: string, path: string): Promise<string> {
	const link = new RegExp(`org${path}\\?token=([\\w.-]+)`);
	const mail = (await mailsTo(db, recipient)).find(({ text }) => link.test(text));
	if (!mail) return expect.fail(`No link to ${path} was mailed to ${recipient}.`);
	return link.exec((await tryOf(db, mail)).text)![1];
}
