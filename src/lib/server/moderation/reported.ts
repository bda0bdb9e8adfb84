import { and, asc, count, eq, gt, inArray, isNotNull, min, sql, type SQL } from 'drizzle-orm';
import { pageOf } from '../comments/present.ts';
import { atLeast, requireRole, type Actor, type Role } from '../actor.ts';
import { showsCommentsAt } from '../articles/commenting-now.ts';
import { moderatedBy } from '../articles/moderated.ts';
import { now } from '../clock.ts';
import { presentMixed } from '../comments/comments.ts';
import { selectWithArticles } from '../comments/rows.ts';
import { isAbove } from '../comments/rules.ts';
import type { CommentView, PersonView } from '../comments/view.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { accounts, articles, comments, reports } from '../database/schema.ts';
import { isId } from '../ids.ts';
import type { ReportReason } from './report-reasons.ts';

const PAGE = 20;
// Those who report in concert say the same.
const REPORTS_SHOWN = 20;

// Written out, because a partial index is found by its own words only.
const isOpen = sql`${reports.settledAt} is null`;

/** A report as moderators, and nobody else, see it. */
export interface ReportView {
	reason: ReportReason;
	note: string;
	/** Of illegal content: which law, as the reader says. */
	law: string;
	by: PersonView;
	at: Date;
	/** The comment was edited since. */
	editedSince: boolean;
}

/** What is open against a comment. */
export interface Reports {
	/** When the oldest open report came. */
	since: Date;
	/** How often each reason was given. */
	reasons: { reason: ReportReason; count: number }[];
	/** The first of the reports. */
	reports: ReportView[];
	/** How many there are beyond those. */
	more: number;
}

/** A comment that was reported, with everything open against it. */
export interface Reported extends Reports {
	comment: CommentView;
	/** Whether this moderator may decide: not about staff above them. */
	mayDecide: boolean;
}

/**
 * What is reported and can be decided about: on articles that everybody sees (editors: on drafts too),
 * and not while a discussion is hidden, when nobody reads what is reported.
 */
function forActor(actor: Actor): SQL | undefined {
	return and(
		isOpen,
		eq(comments.status, 'published'),
		moderatedBy(actor),
		atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
		showsCommentsAt(now())
	);
}

/** How many comments have open reports, and since when the oldest. @throws {Refusal} 401 or 403 below moderator */
export async function waiting(
	db: Database,
	actor: Actor
): Promise<{ count: number; oldest: Date | null }> {
	requireRole(actor, 'moderator');
	const [row] = await db.read
		.select({
			count: sql`count(distinct ${reports.commentId})`.mapWith(Number),
			oldest: min(reports.createdAt)
		})
		.from(reports)
		.innerJoin(comments, eq(comments.id, reports.commentId))
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(forActor(actor));
	return row;
}

/** The comments of a page by the ids of their first open reports. */
async function firstReports(db: Read, actor: Actor, after: string | undefined) {
	const first = min(reports.id);
	return db
		.select({ commentId: reports.commentId, first: first.mapWith(String) })
		.from(reports)
		.innerJoin(comments, eq(comments.id, reports.commentId))
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(forActor(actor))
		.groupBy(reports.commentId)
		.having(after === undefined ? undefined : gt(first, after))
		.orderBy(asc(first))
		.limit(PAGE + 1);
}

async function reasonsOf(db: Read, ids: string[]) {
	const rows = await db
		.select({ commentId: reports.commentId, reason: reports.reason, count: count() })
		.from(reports)
		.where(and(isOpen, inArray(reports.commentId, ids)))
		.groupBy(reports.commentId, reports.reason)
		.orderBy(asc(reports.reason));
	return Map.groupBy(rows, (row) => row.commentId);
}

/** The first open reports of a comment. */
async function reportsOf(db: Read, commentId: string) {
	return db
		.select({
			reason: reports.reason,
			note: reports.note,
			law: reports.law,
			guestName: reports.guestName,
			name: accounts.name,
			role: accounts.role,
			at: reports.createdAt,
			revision: reports.revision
		})
		.from(reports)
		.leftJoin(accounts, eq(accounts.id, reports.accountId))
		.where(and(isOpen, eq(reports.commentId, commentId)))
		.orderBy(asc(reports.id))
		.limit(REPORTS_SHOWN);
}

function reporter(name: string | null, role: Role | null, guestName: string | null): PersonView {
	if (name === null) return { name: guestName ?? 'Somebody', url: null, role: 'guest' };
	return { name, url: pageOf(name), role: role ?? 'guest' };
}

async function withReports(
	db: Read,
	comment: Pick<CommentView, 'id' | 'revision'>,
	counts: { reason: ReportReason; count: number }[]
): Promise<Reports> {
	const rows = await reportsOf(db, comment.id);
	const all = counts.reduce((sum, { count: more }) => sum + more, 0);
	return {
		since: rows[0]?.at ?? now(),
		reasons: counts.map(({ reason, count: times }) => ({ reason, count: times })),
		reports: rows.map(({ guestName, name, role: reporterRole, revision, ...row }) => ({
			...row,
			by: reporter(name, reporterRole, guestName),
			editedSince: revision < comment.revision
		})),
		more: Math.max(0, all - rows.length)
	};
}

/** What is open against comments, by their ids; those that nobody reported are left out. */
export async function of(
	db: Read,
	comments: readonly Pick<CommentView, 'id' | 'revision'>[]
): Promise<Map<string, Reports>> {
	if (comments.length === 0) return new Map();
	const counts = await reasonsOf(
		db,
		comments.map(({ id }) => id)
	);
	const reported = comments.filter(({ id }) => counts.has(id));
	const found = reported.map(
		async (one) => [one.id, await withReports(db, one, counts.get(one.id)!)] as const
	);
	return new Map(await Promise.all(found));
}

/** Whether the actor may decide about somebody's comment: not about staff above them. */
export function mayDecide(actor: Actor, { author }: Pick<CommentView, 'author'>): boolean {
	return !author || author.role === 'guest' || !isAbove(actor, author.role);
}

/**
 * Comments with open reports, those first that were reported first.
 * @throws {Refusal} 401 or 403 below moderator, 400 for a bad cursor.
 */
export async function open(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: Reported[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const after = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const { items, more } = takePage(await firstReports(db.read, actor, after), PAGE);
	const next = more ? encodeCursor([items[items.length - 1].first]) : null;
	if (items.length === 0) return { items: [], next };
	const ids = items.map((item) => item.commentId);
	const rows = await selectWithArticles(db.read).where(inArray(comments.id, ids));
	const views = await presentMixed(db.read, actor, rows);
	const against = await of(db.read, views);
	const inOrder = views.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
	return {
		items: inOrder.flatMap((comment) => {
			const found = against.get(comment.id);
			return found ? [{ ...found, comment, mayDecide: mayDecide(actor, comment) }] : [];
		}),
		next
	};
}
