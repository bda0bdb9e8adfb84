import { and, asc, eq, lt, lte, sql } from 'drizzle-orm';
import * as mailedSecrets from '../accounts/links/mailed-secrets.ts';
import { now } from '../clock.ts';
import type { Database, Read } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { mails } from '../database/schema.ts';
import { lowestIdAt } from '../ids.ts';
import { log } from '../log.ts';
import type { Fault } from './faults.ts';
import type { Outgoing } from './transport.ts';

/** A mail that is being sent, with the number of this try. */
export type Claimed = Outgoing & { attempts: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// Longer than any try may take; a worker that ended meanwhile holds its mail for no longer.
const CLAIM_MS = 10 * MINUTE;
const BACK_OFF = 5;
const LONGEST_PAUSE_MS = 6 * HOUR;
// What is a day late is of no use to most; and a fault of a day has been seen.
const GIVE_UP_MS = DAY;
const KEPT_MS = 14 * DAY;
const NO_SERVER = 'There was no mail server to give it to.';
// What was written to somebody is kept for as long as it has to go out, no longer.
const WITHOUT_WORDS = { text: '', html: '', unsubscribeUrl: '' };

// Written out, because a partial index is found by its own words only.
const waiting = sql`${mails.sentAt} is null and ${mails.failedAt} is null`;

function dueAt(at: Date) {
	return and(waiting, lte(mails.nextAt, at));
}

/** Whether a mail is to go out now. */
export async function anyDue(db: Read): Promise<boolean> {
	const [row] = await db.select({ id: mails.id }).from(mails).where(dueAt(now())).limit(1);
	return row !== undefined;
}

/** Takes the mail that is longest due, for one worker among many; null when none is. */
export function claim(db: Database): Promise<Claimed | null> {
	return db.write(async (tx) => {
		const at = now();
		const due = tx.select().from(mails).where(dueAt(at)).orderBy(asc(mails.nextAt)).limit(1);
		const [mail] = await forUpdate(due, { skipLocked: true });
		if (!mail) return null;
		const attempts = mail.attempts + 1;
		const nextAt = new Date(at.getTime() + CLAIM_MS);
		const { sent, kept } = await mailedSecrets.fill(tx, mail);
		await tx
			.update(mails)
			.set({ ...kept, attempts, nextAt })
			.where(eq(mails.id, mail.id));
		return { ...mail, ...sent, attempts };
	});
}

/**
 * Notes that a mail went out. Should we end before this is written, it goes out once more when the
 * claim ends: rather twice than never.
 */
export async function markSent(db: Database, { id }: Claimed): Promise<void> {
	const sent = { sentAt: now(), lastError: '', ...WITHOUT_WORDS };
	await db.write((tx) => tx.update(mails).set(sent).where(eq(mails.id, id)));
}

/** Until the next try: a minute, 5, 25, 125, then six hours each. */
function pause(attempts: number): number {
	return Math.min(MINUTE * BACK_OFF ** (attempts - 1), LONGEST_PAUSE_MS);
}

/** Notes that a try failed: the next comes later, or there is none after a day or a refusal for good. */
export async function markFailed(db: Database, mail: Claimed, fault: Fault): Promise<void> {
	const { id, attempts, createdAt } = mail;
	const at = now();
	const nextAt = new Date(at.getTime() + pause(attempts));
	const isOver = fault.isPermanent || nextAt.getTime() > createdAt.getTime() + GIVE_UP_MS;
	const lastError = fault.words;
	await db.write((tx) =>
		tx
			.update(mails)
			.set(isOver ? { failedAt: at, lastError, ...WITHOUT_WORDS } : { nextAt, lastError })
			// Not if the claim has ended and another worker is at it.
			.where(and(eq(mails.id, id), eq(mails.attempts, attempts), waiting))
	);
	const { code, status } = fault;
	const fields = { mail: id, attempts, code, status };
	if (isOver) log('error', 'mail.failed', fields);
	else log('warn', 'mail.delayed', fields);
}

/** Gives up what nobody sent in a day, and deletes what is two weeks old. */
export async function sweep(db: Database): Promise<void> {
	const at = now();
	const before = (milliseconds: number) => new Date(at.getTime() - milliseconds);
	await db.write(async (tx) => {
		const isOld = and(waiting, lte(mails.createdAt, before(GIVE_UP_MS)), lte(mails.nextAt, at));
		const givenUp = { failedAt: at, ...WITHOUT_WORDS };
		const lastError = sql`case when ${mails.lastError} = '' then cast(${NO_SERVER} as text) else ${mails.lastError} end`;
		await tx
			.update(mails)
			.set({ ...givenUp, lastError })
			.where(isOld);
		await tx.delete(mails).where(lt(mails.id, lowestIdAt(before(KEPT_MS))));
	});
}
