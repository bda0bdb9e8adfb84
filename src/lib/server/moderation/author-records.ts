import { count, desc, eq, inArray } from 'drizzle-orm';
import { barredOf } from '../accounts/barred.ts';
import type { Barred } from '../actor.ts';
import { now } from '../clock.ts';
import type { Read } from '../database/database.ts';
import { accounts, comments } from '../database/schema.ts';

/** The last of somebody's comments, which tell what their others are like; so many are counted. */
export const COMMENTS_COUNTED = 200;

/** Who somebody is to a moderator, in a line. */
export interface AuthorRecord {
	/** Since when the account is there. */
	since: Date;
	/** Of the last `COMMENTS_COUNTED` comments. */
	published: number;
	removed: number;
	rejected: number;
	/** Set while the account may not take part. */
	barred: Barred | null;
	/** Everything that it posts waits for a moderator. */
	needsApproval: boolean;
	/** It was warned, and has not acknowledged it. */
	warned: boolean;
}

async function countsOf(db: Read, accountId: string): Promise<Map<string, number>> {
	const last = db
		.select({ status: comments.status })
		.from(comments)
		.where(eq(comments.authorId, accountId))
		.orderBy(desc(comments.id))
		.limit(COMMENTS_COUNTED)
		.as('last');
	const rows = await db
		.select({ status: last.status, count: count() })
		.from(last)
		.groupBy(last.status);
	return new Map(rows.map((row) => [row.status, row.count]));
}

/** The records of accounts, by their ids. */
export async function of(db: Read, ids: readonly string[]): Promise<Map<string, AuthorRecord>> {
	const all = [...new Set(ids)];
	if (all.length === 0) return new Map();
	const { id, createdAt, suspendedUntil, bannedAt, approvalRequiredAt, warningId } = accounts;
	const rows = await db
		.select({ id, createdAt, suspendedUntil, bannedAt, approvalRequiredAt, warningId })
		.from(accounts)
		.where(inArray(id, all));
	const records = rows.map(async (row) => {
		const counts = await countsOf(db, row.id);
		const record: AuthorRecord = {
			since: row.createdAt,
			published: counts.get('published') ?? 0,
			removed: counts.get('removed') ?? 0,
			rejected: counts.get('rejected') ?? 0,
			barred: barredOf(row, now()),
			needsApproval: row.approvalRequiredAt !== null,
			warned: row.warningId !== null
		};
		return [row.id, record] as const;
	});
	return new Map(await Promise.all(records));
}
