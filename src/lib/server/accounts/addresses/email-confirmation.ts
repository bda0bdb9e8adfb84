import { requireAccount, type Actor } from '../../actor.ts';
import { config } from '../../config.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import * as limits from '../../limits/limits.ts';
import { conflict } from '../../refusal.ts';
import * as mails from './account-mails.ts';
import * as boundLinks from '../links/bound-links.ts';
import * as confirmed from './confirmed.ts';
import * as accountFound from '../found.ts';

const LINK = {
	kind: 'confirm-email',
	minutes: 24 * 60,
	path: '/confirm/address',
	mail: mails.confirmAddress
} satisfies boundLinks.BoundLink;

/**
 * Mails the actor a link that confirms the address of the account.
 * @throws {Refusal} 401, 409 when there is nothing to confirm or no way to send mail, 429.
 */
export async function send(db: Database, actor: Actor): Promise<void> {
	requireAccount(actor);
	const found = await accountFound.byId(db.read, actor.accountId);
	if (!found?.account.unconfirmed || config().mail === null) {
		throw conflict('confirmed', 'There is nothing to confirm.');
	}
	await db.write(async (tx) => {
		await limits.take(tx, limits.resend, actor);
		await boundLinks.send(tx, found, LINK);
	});
}

/** The name and the address that a link confirms. @throws {Refusal} 404 when it does not work */
export async function look(read: Read, secret: string): Promise<mails.Recipient> {
	const { account, email } = await boundLinks.look(read, LINK.kind, secret);
	return { name: account.name, email: email! };
}

/** Confirms an address with a link's secret. @throws {Refusal} 404 when it does not work, 429 */
export async function follow(db: Database, actor: Actor, secret: string): Promise<void> {
	await db.write(async (tx: Tx) => {
		await limits.take(tx, limits.followLink, actor);
		const { found } = await boundLinks.use(tx, LINK.kind, secret);
		await confirmed.note(tx, actor, found.account.id);
	});
}
