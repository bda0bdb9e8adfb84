import { eq } from 'drizzle-orm';
import type { Tx } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import * as outbox from '../../mail/outbox.ts';
import type { Paragraph } from '../../mail/outbox.ts';

/** What an owner is told. */
export interface Note {
	subject: string;
	paragraphs: Paragraph[];
}

const ENDING: readonly Paragraph[] = [
	'If this was not you, set a new password at once, which signs everybody else out of your account; then look at how one signs in to it.',
	{ link: { label: 'Set a new password', url: '/reset' } },
	{ link: { label: 'How you sign in', url: '/account/security' } }
];

/** The password is another now. */
export const PASSWORD_CHANGED: Note = {
	subject: 'Your password was changed',
	paragraphs: ['Your password was changed, and your account signed out everywhere else.']
};

/** The name is another now. */
export function nameChanged({ from, to }: { from: string; to: string }): Note {
	const words = `The account ${from} is called ${to} now. Links to the old name lead to the new one.`;
	return { subject: 'Your name was changed', paragraphs: [words] };
}

/**
 * Tells an account's owner by mail of something that bears on their security, with a way to where it
 * can be put right. An account without an address is told nothing.
 */
export async function tell(
	tx: Tx,
	accountId: string,
	{ subject, paragraphs }: Note
): Promise<void> {
	const { email, name } = accounts;
	const [owner] = await tx.select({ email, name }).from(accounts).where(eq(accounts.id, accountId));
	if (!owner?.email) return;
	const all = [`Hello ${owner.name},`, ...paragraphs, ...ENDING];
	await outbox.enqueue(tx, { to: owner.email, subject, paragraphs: all });
}
