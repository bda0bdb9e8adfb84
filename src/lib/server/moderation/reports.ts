import { and, eq, isNull } from 'drizzle-orm';
import { requireAccount, type Actor, type Member } from '../actor.ts';
import { now } from '../clock.ts';
import { readable, type AccessibleComment } from '../comments/access.ts';
import { articleOf } from '../comments/comments.ts';
import { present } from '../comments/present.ts';
import { assertNotBarred, isAuthor } from '../comments/rules.ts';
import * as shown from '../comments/shown.ts';
import type { CommentView } from '../comments/view.ts';
import { alias } from '../database/columns.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { accounts, comments, quotes, reports } from '../database/schema.ts';
import { newId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { conflict, forbidden, invalid } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';
import * as folding from './folding.ts';
import { REPORT_REASONS, type ReportReason } from './report-reasons.ts';
import * as reporterWeight from './reporter-weight.ts';

export { reopen, settle, type Settled } from './settling.ts';

/** What a reader says is wrong with a comment. */
export interface ReportInput {
	id: string;
	/** One of `REPORT_REASONS`; anything else is refused. */
	reason: string;
	note?: string;
	/** The revision that was seen; the present one without it. */
	revision?: number;
}

// Room to say what a moderator has to look for.
const NOTE_LENGTH = 1000;

const source = alias(comments, 'source');

/** Whether the actor is quoted in a comment. */
async function isQuotedIn(db: Read, actor: Member, commentId: string): Promise<boolean> {
	const rows = await db
		.select({ id: quotes.id })
		.from(quotes)
		.innerJoin(source, eq(source.id, quotes.sourceCommentId))
		.where(
			and(
				eq(quotes.commentId, commentId),
				eq(quotes.standing, true),
				eq(source.authorId, actor.accountId)
			)
		)
		.limit(1);
	return rows.length > 0;
}

function assertReportable(actor: Actor, comment: AccessibleComment): void {
	if (isAuthor(actor, comment)) throw forbidden('You cannot report your own comment.');
	if (comment.status !== 'published') {
		throw conflict('gone', 'This comment has been taken down.');
	}
}

/** The reasons that the actor may give. */
async function reasonsFor(db: Read, actor: Member, commentId: string): Promise<ReportReason[]> {
	const isQuoted = await isQuotedIn(db, actor, commentId);
	return REPORT_REASONS.filter((reason) => isQuoted || reason !== 'misquotes-me');
}

function readNote(text: string): string {
	const note = normaliseText(text).trim();
	if (note.length <= NOTE_LENGTH) return note;
	throw invalid('note-too-long', `A note has at most ${NOTE_LENGTH} characters.`, 'note');
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
	said: { reason: ReportReason; note: string; revision: number }
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
 * @throws {Refusal} 401, 403 when barred or for one's own comment, 404, 409 when the comment was taken
 * down or one's report of it was looked at, 422 for a reason or note that cannot be, 429.
 */
export async function report(db: Database, actor: Actor, input: ReportInput): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	assertNotBarred(actor);
	const comment = await readable(db.read, actor, input.id);
	assertReportable(actor, comment);
	const reasons = await reasonsFor(db.read, actor, comment.id);
	const reason = reasons.find((known) => known === input.reason);
	if (!reason) throw invalid('no-reason', 'Choose what is wrong with it.', 'reason');
	const note = readNote(input.note ?? '');
	await db.write(async (tx) => {
		await limits.take(tx, limits.report, actor);
		// Whoever takes the comment down settles what was reported before, and what comes after is refused.
		await shown.lock(tx, comment);
		const [stored] = await tx
			.select({ status: comments.status, revision: comments.revision })
			.from(comments)
			.where(eq(comments.id, comment.id));
		assertReportable(actor, { ...comment, status: stored.status });
		const isSeen = input.revision !== undefined && input.revision >= 1;
		const revision = isSeen ? Math.min(input.revision!, stored.revision) : stored.revision;
		await keep(tx, comment, accountId, { reason, note, revision });
	});
}

/** What the page asks that reports a comment. */
export interface Reporting {
	comment: CommentView;
	reasons: ReportReason[];
	/** What the actor reported before, if nobody has looked at it. */
	before: { reason: ReportReason; note: string } | null;
}

/** A comment with what may be said against it. @throws {Refusal} 401, 403, 404, 409 as `report` */
export async function forReporting(db: Database, actor: Actor, id: string): Promise<Reporting> {
	requireAccount(actor);
	assertNotBarred(actor);
	const row = await readable(db.read, actor, id);
	assertReportable(actor, row);
	const [comment] = await present(db.read, actor, articleOf(row), [row]);
	const [before] = await db.read
		.select({ reason: reports.reason, note: reports.note })
		.from(reports)
		.where(
			and(
				eq(reports.commentId, id),
				eq(reports.accountId, actor.accountId),
				isNull(reports.settledAt)
			)
		);
	return { comment, reasons: await reasonsFor(db.read, actor, id), before: before ?? null };
}
