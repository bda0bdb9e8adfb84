import { and, eq, gt, inArray, isNotNull, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import { now } from '../../clock.ts';
import type { Read } from '../../database/database.ts';
import { accounts, notifications } from '../../database/schema.ts';
import { lowestIdAt } from '../../ids.ts';
import type { NotificationKind } from '../kinds.ts';
import type { MailKind } from './subscriptions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What waits for so long unread is mailed; whoever reads the site just now reads it there. */
const UNREAD_FOR_MS = 15 * MINUTE;
const BETWEEN_MS = { soon: HOUR, daily: 24 * HOUR };
// A day, and what falls due while no server runs for a night; older than that is no news.
const NEWS_MS = 36 * HOUR;
// What is written at this moment may be committed a little after what was written later.
const SETTLED_MS = MINUTE;

/** The notifications that each kind of mail tells of. */
export const TELLS: Readonly<Record<MailKind, readonly NotificationKind[]>> = {
	answers: ['quoted', 'reply'],
	followed: ['followed']
};

/** Of when notifications are that a mail made now tells of. */
export function span(mailedAt: Date | null): { after: Date; until: Date } {
	const at = now().getTime();
	const after = Math.max(mailedAt?.getTime() ?? 0, at - NEWS_MS);
	return { after: new Date(after), until: new Date(at - SETTLED_MS) };
}

/** Whether mail about these notifications is wanted, and the last was long enough ago. */
function isWanted(kind: MailKind): SQL | undefined {
	const column = { answers: accounts.mailsAnswers, followed: accounts.mailsFollowed }[kind];
	const since = (milliseconds: number) => new Date(now().getTime() - milliseconds);
	const paces = (['soon', 'daily'] as const).map((pace) =>
		and(
			eq(column, pace),
			or(isNull(accounts.mailedAt), lte(accounts.mailedAt, since(BETWEEN_MS[pace])))
		)
	);
	return and(inArray(notifications.kind, [...TELLS[kind]]), or(...paces));
}

/** Accounts that may be written to at all. */
export const isReachable = and(
	isNotNull(accounts.emailConfirmedAt),
	isNotNull(accounts.email),
	isNull(accounts.bannedAt),
	isNull(accounts.deletedAt)
);

/** The next accounts, by their ids after one, for whom something has waited unread for long enough. */
export async function next(
	db: Read,
	after: string,
	limit: number
): Promise<{ id: string; mailedAt: Date | null }[]> {
	const at = now().getTime();
	return db
		.selectDistinct({ id: accounts.id, mailedAt: accounts.mailedAt })
		.from(notifications)
		.innerJoin(accounts, eq(accounts.id, notifications.accountId))
		.where(
			and(
				gt(notifications.id, lowestIdAt(new Date(at - NEWS_MS))),
				lte(notifications.createdAt, new Date(at - UNREAD_FOR_MS)),
				sql`${notifications.readAt} is null`,
				or(isNull(accounts.mailedAt), gt(notifications.createdAt, accounts.mailedAt)),
				or(isWanted('answers'), isWanted('followed')),
				isReachable,
				gt(accounts.id, after)
			)
		)
		.orderBy(accounts.id)
		.limit(limit);
}
