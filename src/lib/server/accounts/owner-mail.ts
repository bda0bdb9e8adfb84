import { eq } from 'drizzle-orm';
import type { Tx } from '../database/database.ts';
import { accounts } from '../database/schema.ts';
import * as outbox from '../mail/outbox.ts';
import type { Paragraph } from '../mail/outbox.ts';

const SECURITY: Paragraph = {
	link: { label: 'How you sign in', url: '/account/security' }
};

/**
 * Tells an account's owner by mail of something that bears on their security, with a way to where it
 * can be put right. An account without an address is told nothing.
 */
export async function tell(
	tx: Tx,
	accountId: string,
	{ subject, paragraphs }: { subject: string; paragraphs: Paragraph[] }
): Promise<void> {
	const { email, name } = accounts;
	const [owner] = await tx.select({ email, name }).from(accounts).where(eq(accounts.id, accountId));
	if (!owner?.email) return;
	const ending = 'If this was not you, change your password at once and look at this page:';
	const all = [`Hello ${owner.name},`, ...paragraphs, ending, SECURITY];
	await outbox.enqueue(tx, { to: owner.email, subject, paragraphs: all });
}
