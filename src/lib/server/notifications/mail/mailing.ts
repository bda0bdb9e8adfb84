import { and, eq } from 'drizzle-orm';
import { actorOf } from '../../accounts/accounts.ts';
import { accountColumns } from '../../accounts/rows.ts';
import type { Member } from '../../actor.ts';
import { config } from '../../config.ts';
import type { Database, Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { accounts } from '../../database/schema.ts';
import * as outbox from '../../mail/outbox.ts';
import * as notifications from '../notifications.ts';
import { isReachable, next, span, TELLS } from './due.ts';
import { issueLink, MAIL_KINDS } from './subscriptions.ts';
import { paragraphs, subject } from './words.ts';

const AT_ONCE = 50;
// More in a day is read on the site; the mail says how many.
const MOST_TOLD = 100;

const columns = {
	account: accountColumns,
	email: accounts.email,
	mailedAt: accounts.mailedAt,
	answers: accounts.mailsAnswers,
	followed: accounts.mailsFollowed
};

/**
 * Writes to one account of what it has not read, unless another process does, or has done so since it
 * was found to be due. What is wanted of either kind goes into one mail.
 */
async function write(tx: Tx, accountId: string, wasMailedAt: Date | null): Promise<void> {
	const one = tx
		.select(columns)
		.from(accounts)
		.where(and(eq(accounts.id, accountId), isReachable));
	const [row] = await forUpdate(one, { skipLocked: true });
	if (!row || row.email === null || row.mailedAt?.getTime() !== wasMailedAt?.getTime()) return;
	const wanted = MAIL_KINDS.filter((kind) => row[kind] !== 'off');
	const { after, until } = span(row.mailedAt);
	const actor = actorOf(row.account, null) as Member;
	const items = await notifications.unreadBetween(tx, actor, {
		...{ after, until, limit: MOST_TOLD },
		kinds: wanted.flatMap((kind) => TELLS[kind])
	});
	// All of it was withdrawn: the next thing that comes need not wait for an hour.
	if (items.length === 0) return;
	const kinds = wanted.filter((kind) => items.some((item) => TELLS[kind].includes(item.kind)));
	await outbox.enqueue(tx, {
		to: row.email,
		subject: subject(items, kinds),
		paragraphs: paragraphs(items),
		unsubscribeUrl: await issueLink(tx, accountId, kinds)
	});
	await tx.update(accounts).set({ mailedAt: until }).where(eq(accounts.id, accountId));
}

/** Writes to everybody for whom something has waited unread, as soon as each wants it: each mail once over processes. */
export async function mailDue(db: Database): Promise<void> {
	if (config().mail === null) return;
	let due: { id: string; mailedAt: Date | null }[];
	for (let after = ''; ; after = due.at(-1)!.id) {
		due = await next(db.read, after, AT_ONCE);
		for (const { id, mailedAt } of due) await db.write((tx) => write(tx, id, mailedAt));
		if (due.length < AT_ONCE) return;
	}
}
