import { eq } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import * as events from '../../security/events.ts';
import * as mails from '../addresses/account-mails.ts';
import * as boundLinks from './bound-links.ts';
import * as confirmed from '../addresses/confirmed.ts';
import { siteName } from '../signing-up/enrol.ts';
import * as links from './links.ts';
import { PASSWORD_CHANGED, tell } from '../addresses/owner-mail.ts';
import * as rules from '../passwords/password-rules.ts';
import * as passwords from '../passwords/passwords.ts';
import * as sessions from '../sessions/sessions.ts';

const LINK = {
	kind: 'reset-password',
	minutes: 60,
	path: '/reset/password',
	mail: mails.resetPassword
} satisfies boundLinks.BoundLink;

/**
 * Mails a link that sets a new password to the account of a name or an address, if there is one.
 * @throws {Refusal} 429.
 */
export function ask(db: Database, actor: Actor, typed: string): Promise<void> {
	const asking = { link: LINK, limit: limits.reset, event: 'password.reset-asked' } as const;
	return boundLinks.sendTyped(db, actor, typed, asking);
}

/** The secret of a link that sets a new password, for who has just proved that the address is theirs. */
export function issue(tx: Tx, accountId: string, emailKey: string): Promise<string> {
	return links.issue(tx, boundLinks.boundTo(emailKey, { accountId, link: LINK }));
}

/** The name of the account whose password a link sets. @throws {Refusal} 404 when it does not work */
export async function look(read: Read, secret: string): Promise<string> {
	return (await boundLinks.look(read, LINK.kind, secret)).account.name;
}

/**
 * Sets a new password with a link's secret, ends all sessions of the account and tells its owner. The
 * address counts as confirmed: the link came there.
 * @throws {Refusal} 404 when the link does not work, 422 with field `password`, which leaves it working, 429.
 */
export async function reset(
	db: Database,
	actor: Actor,
	{ secret, password }: { secret: string; password: string }
): Promise<void> {
	await db.write((tx) => limits.take(tx, limits.followLink, actor));
	const { account, email } = await boundLinks.look(db.read, LINK.kind, secret);
	const { id: accountId, name } = account;
	await rules.check(password, { site: await siteName(db.read), name, email });
	const passwordHash = await passwords.hash(password);
	await db.write(async (tx) => {
		await boundLinks.use(tx, LINK.kind, secret);
		await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, accountId));
		await links.revoke(tx, 'sign-in', accountId);
		await sessions.endAll(tx, accountId);
		await confirmed.note(tx, actor, accountId);
		await events.record(tx, actor, 'password.reset', { accountId });
		await tell(tx, accountId, PASSWORD_CHANGED);
	});
}
