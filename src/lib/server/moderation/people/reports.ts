import { and, desc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import { decidedBy } from '../../articles/moderated.ts';
import { idOf, idPage } from '../../cursors.ts';
import { alias } from '../../database/columns.ts';
import type { Database } from '../../database/database.ts';
import { accounts, articles, comments, reports } from '../../database/schema.ts';
import type { ReportOutcome } from '../outcomes.ts';
import type { ReportReason } from '../report-reasons.ts';
import { latestComments } from './history.ts';

const PAGE = 20;

/** A report by a person, or about a comment of theirs. */
export interface PersonReport {
	id: string;
	reason: ReportReason;
	note: string;
	at: Date;
	/** Null while nobody decided, or when its author took the comment down. */
	outcome: ReportOutcome | null;
	/** Who reported; null for somebody without an account. */
	by: string | null;
	/** Who wrote the comment; null for a guest. */
	about: string | null;
	comment: { url: string; title: string };
}

const authors = alias(accounts, 'author');

async function page(db: Database, actor: Actor, whose: SQL, cursor: string | null | undefined) {
	requireRole(actor, 'moderator');
	const before = idOf(cursor);
	const rows = await db.read
		.select({
			id: reports.id,
			reason: reports.reason,
			note: reports.note,
			at: reports.createdAt,
			outcome: reports.outcome,
			by: accounts.name,
			about: authors.name,
			commentId: comments.id,
			title: articles.title
		})
		.from(reports)
		.innerJoin(comments, eq(comments.id, reports.commentId))
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.leftJoin(accounts, eq(accounts.id, reports.accountId))
		.leftJoin(authors, eq(authors.id, comments.authorId))
		.where(and(whose, before === undefined ? undefined : lt(reports.id, before), decidedBy(actor)))
		.orderBy(desc(reports.id))
		.limit(PAGE + 1);
	const { items, next } = idPage(rows, PAGE);
	return {
		items: items.map(({ commentId, title, ...report }): PersonReport => ({
			...report,
			comment: { url: `/c/${commentId}`, title }
		})),
		next
	};
}

/**
 * What a person reported, as far as it is the actor's matter, newest first.
 * @throws {Refusal} 401, 403 below moderator, 400 for a bad cursor.
 */
export async function by(
	db: Database,
	actor: Actor,
	input: { accountId: string; cursor?: string | null }
): Promise<{ items: PersonReport[]; next: string | null }> {
	return page(db, actor, eq(reports.accountId, input.accountId), input.cursor);
}

/** What was reported of a person's latest comments; otherwise as `by`. */
export async function about(
	db: Database,
	actor: Actor,
	input: { accountId: string; cursor?: string | null }
): Promise<{ items: PersonReport[]; next: string | null }> {
	const theirs = inArray(reports.commentId, latestComments(db.read, input.accountId));
	return page(db, actor, theirs, input.cursor);
}
