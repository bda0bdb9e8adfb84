import { and, eq, isNull } from 'drizzle-orm';
import { newSecret } from '../accounts/secrets.ts';
import { mustConfirm } from '../accounts/signing-up/sign-up-rules.ts';
import { requireAccount, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { readable, type AccessibleComment } from '../comments/access.ts';
import { articleOf } from '../comments/comments.ts';
import { present } from '../comments/present.ts';
import { assertConfirmed, assertNotBarred } from '../comments/rules.ts';
import type { CommentView } from '../comments/view.ts';
import { alias } from '../database/columns.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { accounts, comments, quotes, reports } from '../database/schema.ts';
import { newId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { conflict, invalid } from '../refusal.ts';
import * as folding from './folding.ts';
import { readNote, readSaid, type Said } from './illegal-content.ts';
import { REPORT_REASONS, type ReportReason } from './report-reasons.ts';
import { assertReportable, lockRevision } from './reportable.ts';
import * as reporterWeight from './reporter-weight.ts';

export { reopen, settle, type Settled } from './settling.ts';

/** What a reader says is wrong with a comment. */
export interface ReportInput extends Said {
	id: string;
	/** One of `REPORT_REASONS`; anything else is refused. */
	reason: string;
	/** The revision that was seen; the present one without it. */
	revision?: number;
}

const source = alias(comments, 'source');

/** Whether the actor is quoted in a comment. */
async function isQuotedIn(db: Read, accountId: string, commentId: string): Promise<boolean> {
	const rows = await db
		.select({ id: quotes.id })
		.from(quotes)
		.innerJoin(source, eq(source.id, quotes.sourceCommentId))
		.where(
			and(
				eq(quotes.commentId, commentId),
				eq(quotes.standing, true),
				eq(source.authorId, accountId)
			)
		)
		.limit(1);
	return rows.length > 0;
}

/** The reasons that the actor may give. */
async function reasonsFor(db: Read, actor: Actor, commentId: string): Promise<ReportReason[]> {
	if (actor.accountId === null) return ['illegal-content'];
	const isQuoted = await isQuotedIn(db, actor.accountId, commentId);
	return REPORT_REASONS.filter((reason) => isQuoted || reason !== 'misquotes-me');
}

/** What the reports of an account weigh now. */
async function weightOf(db: Read, accountId: string): Promise<number> {
	const { role, createdAt, reportsUpheld, reportsDismissed } = accounts;
	const [reporter] = await db
		.select({ role, createdAt, reportsUpheld, reportsDismissed })
		.from(accounts)
		.where(eq(accounts.id, accountId));
	return reporterWeight.weightOf(reporter, now());
}

/** Keeps an account's report of a locked comment, in the place of one that is open. @throws {Refusal} 409 */
async function keep(
	tx: Tx,
	comment: AccessibleComment,
	accountId: string,
	said: { reason: ReportReason; note: string; law: string; revision: number }
): Promise<void> {
	const weight = await weightOf(tx, accountId);
	const [before] = await tx
		.select({ id: reports.id, weight: reports.weight, settledAt: reports.settledAt })
		.from(reports)
		.where(and(eq(reports.commentId, comment.id), eq(reports.accountId, accountId)));
	if (before && before.settledAt !== null) {
		throw conflict('settled', 'A moderator has looked at your report of this comment already.');
	}
	const row = { ...said, weight };
	if (before) await tx.update(reports).set(row).where(eq(reports.id, before.id));
	else {
		const of = { id: newId(), commentId: comment.id, accountId, createdAt: now() };
		await tx.insert(reports).values({ ...of, ...row });
	}
	await folding.weigh(tx, comment, weight - (before?.weight ?? 0));
}

/**
 * Reports a comment to the moderators, or changes one's report while nobody has looked at it.
 * @throws {Refusal} 401, 403 when barred, unconfirmed or for one's own comment, 404, 409 when the comment was taken
 * down or one's report of it was looked at, 422 for a reason or note that cannot be, 429.
 */
export async function report(db: Database, actor: Actor, input: ReportInput): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	assertNotBarred(actor);
	assertConfirmed(await mustConfirm(db.read, actor));
	const comment = await readable(db.read, actor, input.id);
	assertReportable(actor, comment);
	const reasons = await reasonsFor(db.read, actor, comment.id);
	const reason = reasons.find((known) => known === input.reason);
	if (!reason) throw invalid('no-reason', 'Choose what is wrong with it.', 'reason');
	const isIllegal = reason === 'illegal-content';
	const said = isIllegal ? readSaid(input) : { note: readNote(input.note ?? ''), law: '' };
	await db.write(async (tx) => {
		await limits.take(tx, limits.report, actor);
		const revision = await lockRevision(tx, actor, comment, input.revision);
		await keep(tx, comment, accountId, { reason, ...said, revision });
	});
}

/** What an account reported of a comment, if nobody has looked at it. */
async function openReport(db: Read, accountId: string, commentId: string) {
	const [row] = await db
		.select({ reason: reports.reason, note: reports.note, law: reports.law })
		.from(reports)
		.where(
			and(
				eq(reports.commentId, commentId),
				eq(reports.accountId, accountId),
				isNull(reports.settledAt)
			)
		);
	return row ?? null;
}

/** What the page asks that reports a comment. */
export interface Reporting {
	comment: CommentView;
	reasons: ReportReason[];
	/** What the actor reported before, if nobody has looked at it. */
	before: { reason: ReportReason; note: string; law: string } | null;
	/** What somebody without an account sends along; null for an account. */
	secret: string | null;
}

/** A comment with what may be said against it. @throws {Refusal} 403, 404, 409 as `report` */
export async function forReporting(db: Database, actor: Actor, id: string): Promise<Reporting> {
	assertNotBarred(actor);
	const row = await readable(db.read, actor, id);
	assertReportable(actor, row);
	const [comment] = await present(db.read, actor, articleOf(row), [row]);
	const reasons = await reasonsFor(db.read, actor, id);
	const { accountId } = actor;
	if (accountId === null) return { comment, reasons, before: null, secret: newSecret() };
	return { comment, reasons, before: await openReport(db.read, accountId, id), secret: null };
}
