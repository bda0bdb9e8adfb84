import { desc, isNull } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { mails } from '../database/schema.ts';

/** A mail that waits, or was given up in the last two weeks. */
export interface Unsent {
	id: string;
	recipient: string;
	subject: string;
	createdAt: Date;
	/** How often it was tried. */
	attempts: number;
	/** When it is tried next. */
	nextAt: Date;
	/** When it was given up; null while it waits. */
	failedAt: Date | null;
	/** Why it has not gone out, in words; '' before the first try. */
	lastError: string;
}

const SHOWN = 200;

/** What has not gone out, newest first, at most two hundred; for the operator, because it holds addresses. */
export function unsent(db: Read): Promise<Unsent[]> {
	const { id, recipient, subject, createdAt, attempts, nextAt, failedAt, lastError } = mails;
	return db
		.select({ id, recipient, subject, createdAt, attempts, nextAt, failedAt, lastError })
		.from(mails)
		.where(isNull(mails.sentAt))
		.orderBy(desc(mails.id))
		.limit(SHOWN);
}
