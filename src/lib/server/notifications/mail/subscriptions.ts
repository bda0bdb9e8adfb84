import { and, eq, isNull } from 'drizzle-orm';
import * as links from '../../accounts/links/links.ts';
import * as mailedSecrets from '../../accounts/links/mailed-secrets.ts';
import { readPace, type MailChoices } from '../../accounts/addresses/mail-choices.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import { notFound } from '../../refusal.ts';

/** The kinds of mail that can be ended, each by itself. */
export const MAIL_KINDS = ['answers', 'followed'] as const;
/** See `MAIL_KINDS`. */
export type MailKind = (typeof MAIL_KINDS)[number];

// A mail is found again after months, and its link must still do what it says.
const YEAR_MINUTES = 365 * 24 * 60;

const COLUMNS = { answers: 'mailsAnswers', followed: 'mailsFollowed' } as const;

/** Where one click ends some kinds of mail to an account: an address that works for a year, as often as it is asked. */
export async function issueLink(tx: Tx, accountId: string, kinds: MailKind[]): Promise<string> {
	const secret = await mailedSecrets.promise(tx, {
		kind: 'unsubscribe',
		accountId,
		data: { kinds: kinds.join(' ') },
		minutes: YEAR_MINUTES,
		keepEarlier: true
	});
	return `/unsubscribe?token=${secret}`;
}

/** What a link is about. */
export interface Subscription {
	kinds: MailKind[];
	/** What holds now. */
	choices: MailChoices;
}

async function find(read: Read, secret: string): Promise<Subscription & { accountId: string }> {
	const { accountId, data } = await links.look(read, 'unsubscribe', secret);
	const [choices] = await read
		.select({ answers: accounts.mailsAnswers, followed: accounts.mailsFollowed })
		.from(accounts)
		.where(and(eq(accounts.id, accountId ?? ''), isNull(accounts.deletedAt)));
	if (accountId === null || !choices) throw notFound('subscription');
	const named = (data.kinds ?? '').split(' ');
	return { accountId, kinds: MAIL_KINDS.filter((kind) => named.includes(kind)), choices };
}

/** What the link of a mail would end. @throws {Refusal} 404 for no such link. */
export async function look(read: Read, secret: string): Promise<Subscription> {
	const { kinds, choices } = await find(read, secret);
	return { kinds, choices };
}

async function change(
	db: Database,
	secret: string,
	paceOf: (kind: MailKind) => MailChoices[MailKind]
): Promise<Subscription> {
	return db.write(async (tx) => {
		const { accountId, kinds, choices } = await find(tx, secret);
		await limits.takeFor(tx, limits.arrange, { account: accountId });
		const set = Object.fromEntries(kinds.map((kind) => [COLUMNS[kind], paceOf(kind)]));
		await tx.update(accounts).set(set).where(eq(accounts.id, accountId));
		return { kinds, choices };
	});
}

/**
 * Ends the mail that a link is about; again is the same as once. Who has the link needs no other proof.
 * Gives what held before.
 * @throws {Refusal} 404 for no such link, 429.
 */
export function end(db: Database, secret: string): Promise<Subscription> {
	return change(db, secret, () => 'off');
}

/** Takes `end` back. @throws {Refusal} 404 for no such link, 422 for what is no pace, 429 */
export function resume(
	db: Database,
	secret: string,
	input: Record<MailKind, string>
): Promise<Subscription> {
	return change(db, secret, (kind) => readPace(input[kind], kind));
}
