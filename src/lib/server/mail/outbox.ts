import * as emails from '../accounts/addresses/emails.ts';
import { now } from '../clock.ts';
import { config } from '../config.ts';
import type { Read, Tx } from '../database/database.ts';
import { mails } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { siteAddress } from '../site/address.ts';
import * as site from '../site/site.ts';
import { write, type Mail, type Source } from './template.ts';

export type { Mail, Paragraph } from './template.ts';

/** What mail says of this site. Links lead to the origin that is set, never to what a request asked for. */
export async function source(db: Read): Promise<Source> {
	const siteName = (await site.read(db))?.name ?? site.DEFAULT_NAME;
	return { siteName, origin: siteAddress(config()) };
}

/**
 * Puts a mail into the outbox, in the transaction of the act that it tells of: it goes out after the
 * commit, and not at all if there is none. Nothing about mail servers can make the act fail.
 * @throws {Refusal} 422, field `email`, for what is no e-mail address; {Error} for links that lead elsewhere.
 */
export async function enqueue(tx: Tx, mail: Mail): Promise<void> {
	const { email: recipient } = emails.check(mail.to);
	const written = write(mail, await source(tx));
	const at = now();
	await tx.insert(mails).values({ id: newId(), recipient, ...written, createdAt: at, nextAt: at });
}
