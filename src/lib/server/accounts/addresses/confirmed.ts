import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Tx } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import * as events from '../../security/events.ts';

/** Notes that an account's owner reads the mail of its address: a link that was sent there was followed. */
export async function note(tx: Tx, actor: Actor, accountId: string): Promise<void> {
	const rows = await tx
		.update(accounts)
		.set({ emailConfirmedAt: now() })
		.where(and(eq(accounts.id, accountId), isNull(accounts.emailConfirmedAt)))
		.returning({ id: accounts.id });
	if (rows.length > 0) await events.record(tx, actor, 'email.confirmed', { accountId });
}
