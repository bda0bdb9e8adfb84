import { and, eq, inArray } from 'drizzle-orm';
import { config } from '../../config.ts';
import type { Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { accounts, identities, passkeys } from '../../database/schema.ts';
import { SSO } from '../../identities/settings.ts';
import { conflict } from '../../refusal.ts';

/** Whose accounts elsewhere sign in here, as this site is set up. */
function working(): string[] {
	const { providers, singleSignOn } = config();
	const keys = providers.map(({ key }) => key);
	return singleSignOn === null ? keys : [...keys, SSO];
}

/**
 * For after a way to sign in to an account was removed, in the same transaction: another must be left. A
 * second step alone is none.
 * @throws {Refusal} 409 `only-way` when it was the last.
 */
export async function assertOneLeft(tx: Tx, accountId: string): Promise<void> {
	const [account] = await forUpdate(tx.select().from(accounts).where(eq(accounts.id, accountId)));
	if (account.passwordHash !== null) return;
	if (config().mail !== null && account.emailConfirmedAt !== null) return;
	const elsewhere = and(
		eq(identities.accountId, accountId),
		inArray(identities.provider, working())
	);
	if ((await tx.$count(identities, elsewhere)) > 0) return;
	if ((await tx.$count(passkeys, eq(passkeys.accountId, accountId))) > 0) return;
	throw conflict(
		'only-way',
		'This is your only way to sign in. Set a password or add another way first.'
	);
}
