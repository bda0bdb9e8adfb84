import { and, eq, isNotNull } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { authenticators, passkeys, recoveryCodes, sessions } from '../../database/schema.ts';
import { conflict, notFound } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import { byName } from '../accounts.ts';
import { tell } from '../addresses/owner-mail.ts';
import { requireRecent } from '../recent.ts';
import type { Account } from '../rows.ts';

/** Which second factors an account has. */
export interface Factors {
	/** An authenticator app that was shown to work. */
	authenticator: boolean;
	passkey: boolean;
}

/** Which second factors an account has. */
export async function of(read: Read, accountId: string): Promise<Factors> {
	const { accountId: column, confirmedAt } = authenticators;
	const confirmed = and(eq(column, accountId), isNotNull(confirmedAt));
	const app = read.select({ id: column }).from(authenticators).where(confirmed);
	const key = read.select({ id: passkeys.id }).from(passkeys);
	const [apps, keys] = [await app, await key.where(eq(passkeys.accountId, accountId)).limit(1)];
	return { authenticator: apps.length > 0, passkey: keys.length > 0 };
}

/** Whether an account has a second factor of any kind. */
export async function has(read: Read, accountId: string): Promise<boolean> {
	const { authenticator, passkey } = await of(read, accountId);
	return authenticator || passkey;
}

/** After the last second factor was removed: what stood for it goes too, and no session counts as proven. */
export async function tidy(tx: Tx, accountId: string): Promise<void> {
	if (await has(tx, accountId)) return;
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
	await tx.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.accountId, accountId));
}

/**
 * Takes all second factors from an account whose owner lost them, for the operator and
 * administrators; its sessions end, and its owner is told by mail.
 * @throws {Refusal} 401, 403 for others, 404 for a name that nobody has, 409 when it has none.
 */
export async function removeAll(
	db: Database,
	actor: Actor,
	{ name }: { name: string }
): Promise<Account> {
	requireRole(actor, 'admin');
	requireRecent(actor);
	return db.write(async (tx) => {
		const account = await byName(tx, name);
		if (!account) throw notFound('account');
		if (!(await has(tx, account.id))) {
			throw conflict('no-factor', `${account.name} has no second factor.`);
		}
		await tx.delete(authenticators).where(eq(authenticators.accountId, account.id));
		await tx.delete(passkeys).where(eq(passkeys.accountId, account.id));
		await tidy(tx, account.id);
		await tx.delete(sessions).where(eq(sessions.accountId, account.id));
		await events.record(tx, actor, 'second-factor.removed', {
			accountId: account.id,
			details: { factor: 'all' }
		});
		await tell(tx, account.id, {
			subject: 'Your second factors were removed',
			paragraphs: [
				'The operator of this site removed your passkeys and your authenticator app, and signed you out everywhere. Your password alone signs you in now.'
			]
		});
		return account;
	});
}
