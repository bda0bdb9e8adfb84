import { and, desc, eq, lt } from 'drizzle-orm';
import { requireAccount, type Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database } from '../database/database.ts';
import { articles, comments, reports } from '../database/schema.ts';
import { isId } from '../ids.ts';
import type { ReportOutcome } from './outcomes.ts';
import type { ReportReason } from './report-reasons.ts';

const PAGE = 50;

/** A report as who made it sees it. */
export interface OwnReport {
	id: string;
	reason: ReportReason;
	at: Date;
	comment: { url: string };
	/** Null while the article is not published. */
	article: { url: string; title: string } | null;
	/** When it was settled; null while it is open. */
	settledAt: Date | null;
	/** What a moderator found; null while none has looked, and when the author took the comment down. */
	outcome: ReportOutcome | null;
}

/** What the actor reported, newest first. @throws {Refusal} 401, 400 for a bad cursor */
export async function list(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: OwnReport[]; next: string | null }> {
	requireAccount(actor);
	const before = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await db.read
		.select({
			id: reports.id,
			reason: reports.reason,
			at: reports.createdAt,
			settledAt: reports.settledAt,
			outcome: reports.outcome,
			commentId: reports.commentId,
			slug: articles.slug,
			title: articles.title,
			publishedAt: articles.publishedAt
		})
		.from(reports)
		.innerJoin(comments, eq(comments.id, reports.commentId))
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(
			and(
				eq(reports.accountId, actor.accountId),
				before === undefined ? undefined : lt(reports.id, before)
			)
		)
		.orderBy(desc(reports.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	return {
		items: items.map(({ commentId, slug, title, publishedAt, ...row }) => ({
			...row,
			comment: { url: `/c/${commentId}` },
			article: publishedAt === null ? null : { url: `/articles/${slug}`, title }
		})),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}
