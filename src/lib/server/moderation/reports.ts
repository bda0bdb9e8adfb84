import { and, eq, isNull, sql } from 'drizzle-orm';
import { requireAccount, type Actor, type Member } from '../actor.ts';
import { now } from '../clock.ts';
import { readable, type AccessibleComment } from '../comments/access.ts';
import { articleOf } from '../comments/comments.ts';
import { present } from '../comments/present.ts';
import { assertNotBarred, isAuthor } from '../comments/rules.ts';
import type { CommentView } from '../comments/view.ts';
import { alias } from '../database/columns.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { comments, quotes, reports } from '../database/schema.ts';
import { newId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { conflict, forbidden, invalid } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';
import type { ReportOutcome } from './outcomes.ts';
import { REPORT_REASONS, type ReportReason } from './report-reasons.ts';

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
		const [stored] = await forUpdate(
			tx
				.select({ status: comments.status, revision: comments.revision })
				.from(comments)
				.where(eq(comments.id, comment.id))
		);
		assertReportable(actor, { ...comment, status: stored.status });
		const isSeen = input.revision !== undefined && input.revision >= 1;
		const revision = isSeen ? Math.min(input.revision!, stored.revision) : stored.revision;
		const said = { reason, note, revision };
		const kept = await tx
			.insert(reports)
			.values({ id: newId(), commentId: comment.id, accountId, ...said, createdAt: now() })
			.onConflictDoUpdate({
				target: [reports.commentId, reports.accountId],
				set: said,
				setWhere: isNull(reports.settledAt)
			})
			.returning({ id: reports.id });
		if (kept.length === 0) {
			throw conflict('settled', 'A moderator has looked at your report of this comment already.');
		}
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

/** How open reports end. */
export interface Settling {
	/** The moderator's account; null when the comment's author took it down. */
	by: string | null;
	/** What the moderator found; null when none looked. */
	outcome: ReportOutcome | null;
}

/** Settles the open reports of a comment; says whether there were any. */
export async function settle(
	tx: Tx,
	commentId: string,
	{ by: settledBy, outcome }: Settling
): Promise<boolean> {
	const settled = await tx
		.update(reports)
		.set({ settledAt: now(), settledBy, outcome })
		// Written out, because a partial index is found by its own words only.
		.where(and(eq(reports.commentId, commentId), sql`${reports.settledAt} is null`))
		.returning({ id: reports.id });
	return settled.length > 0;
}
