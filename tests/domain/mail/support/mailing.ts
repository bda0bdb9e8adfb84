import { eq } from 'drizzle-orm';
import { vi } from 'vitest';
import { fill } from '#lib/server/accounts/links/mailed-secrets.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { mails } from '#lib/server/database/schema.ts';
import { mailer, type Mailer } from '#lib/server/mail/mailer.ts';
import * as outbox from '#lib/server/mail/outbox.ts';
import { transport } from '#lib/server/mail/transport.ts';
import * as settings from '../../support/settings.ts';

const ORIGIN = 'https://talk.example.org';

/** As a site has it whose mail is set up. Nothing goes out: the tests read the outbox. */
export function withMail(): void {
	settings.set({ ORIGIN, MAIL_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'talk@example.org' });
}

/** A mailer as a server has it whose MAIL_URL this is. */
export function mailerTo(db: Database, url: string, from = 'talk@example.org'): Mailer {
	const { mail } = readConfig({ ORIGIN, MAIL_URL: url, MAIL_FROM: from });
	return mailer(db, transport(mail!));
}

/** Puts a mail into the outbox. */
export async function enqueue(db: Database, mail: Partial<outbox.Mail> = {}): Promise<void> {
	const whole = {
		to: 'ann@example.org',
		subject: 'Your comment was picked',
		paragraphs: ['An editor picked your comment.'],
		...mail
	};
	await db.write((tx) => outbox.enqueue(tx, whole));
}

/** Everything that is in the outbox, in the order in which it came there. */
export function rows(db: Database) {
	return db.read.select().from(mails).orderBy(mails.id);
}

/** What a mail of the outbox says at its next try. */
export function tryOf(db: Database, mail: typeof mails.$inferSelect) {
	return db.write(async (tx) => {
		const { sent, kept } = await fill(tx, mail);
		await tx.update(mails).set(kept).where(eq(mails.id, mail.id));
		return sent;
	});
}

/** What the log says from now on, as one text. */
export function listenToLog(): () => string {
	const spy = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	return () => spy.mock.calls.map(([line]) => String(line)).join('');
}
