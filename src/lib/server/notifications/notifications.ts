import {
	and,
	asc,
	count,
	desc,
	eq,
	gt,
	inArray,
	isNotNull,
	isNull,
	lt,
	lte,
	notExists,
	or,
	sql
} from 'drizzle-orm';
import { atLeast, requireAccount, type Actor, type Member } from '../actor.ts';
import { showsCommentsTo } from '../articles/moderated.ts';
import { now } from '../clock.ts';
import { authorName } from '../comments/rows.ts';
import { pageOf } from '../comments/present.ts';
import type { PersonView } from '../comments/view.ts';
import { idOf, idPage } from '../cursors.ts';
import { alias } from '../database/columns.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import {
	accounts,
	appeals,
	articles,
	comments,
	mutes,
	notifications,
	problems,
	statements
} from '../database/schema.ts';
import { isId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import type { AppealOutcome } from '../moderation/outcomes.ts';
import type { Restriction } from '../moderation/restrictions.ts';
import type { ProblemStatus } from '../problems/kinds.ts';
import { ownText } from '../quotes/sources.ts';
import { excerpt, plainText } from '../text/plain.ts';
import { MOST_COUNTED, type NotificationKind } from './kinds.ts';

const PAGE = 30;
// Some of what is unread may have been taken down since.
const MOST_LOOKED_AT = 300;
const EXCERPT_LENGTH = 160;

/** Something that an account is told. */
export interface NotificationView {
	id: string;
	kind: NotificationKind;
	at: Date;
	read: boolean;
	/** The page of what it is about: `/c/ID`, `/statements/ID`, `/problems/ID`. */
	url: string;
	/** The comment, with who wrote it and how it begins, as plain text; null for decisions. */
	comment: { id: string; author: PersonView; excerpt: string } | null;
	/** The statement, with what was restricted and what became of an objection. */
	statement: { id: string; restriction: Restriction; outcome: AppealOutcome | null } | null;
	/** The problem, with how far the desk has come. */
	problem: { id: string; status: ProblemStatus } | null;
	/** Null for what is about the account, and for an article that may not be seen (any more). */
	article: { slug: string; title: string } | null;
}

/** The condition that a comment may still be read, by somebody who has not muted its author. */
function stillShown(db: Read, actor: Member) {
	const mute = db
		.select({ id: mutes.mutedId })
		.from(mutes)
		.where(and(eq(mutes.accountId, actor.accountId), eq(mutes.mutedId, comments.authorId)));
	return and(
		eq(comments.status, 'published'),
		atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
		showsCommentsTo(actor, now()),
		notExists(mute)
	);
}

// A decision's article: of the comment that the statement is about, or the problem's.
const restricted = alias(comments, 'restricted');
const concerned = alias(articles, 'concerned');

function selectShown(db: Read) {
	return db
		.select({
			id: notifications.id,
			kind: notifications.kind,
			at: notifications.createdAt,
			readAt: notifications.readAt,
			commentId: comments.id,
			body: comments.body,
			guestName: comments.guestName,
			accountName: accounts.name,
			accountRole: accounts.role,
			slug: articles.slug,
			title: articles.title,
			statementId: statements.id,
			restriction: statements.restriction,
			outcome: appeals.outcome,
			problemId: problems.id,
			problemStatus: problems.status,
			concernedSlug: concerned.slug,
			concernedTitle: concerned.title,
			concernedPublishedAt: concerned.publishedAt
		})
		.from(notifications)
		.leftJoin(comments, eq(comments.id, notifications.commentId))
		.leftJoin(articles, eq(articles.id, comments.articleId))
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.leftJoin(statements, eq(statements.id, notifications.statementId))
		.leftJoin(appeals, eq(appeals.statementId, statements.id))
		.leftJoin(restricted, eq(restricted.id, statements.commentId))
		.leftJoin(problems, eq(problems.id, notifications.problemId))
		.leftJoin(
			concerned,
			eq(concerned.id, sql`coalesce(${restricted.articleId}, ${problems.articleId})`)
		)
		.$dynamic();
}
type Row = Awaited<ReturnType<typeof selectShown>>[number];

function urlOf({ commentId, statementId, problemId }: Row): string {
	if (commentId !== null) return `/c/${commentId}`;
	return statementId !== null ? `/statements/${statementId}` : `/problems/${problemId}`;
}

function commentOf(row: Row): NotificationView['comment'] {
	if (row.commentId === null) return null;
	const { accountName, accountRole } = row;
	return {
		id: row.commentId,
		author: { name: authorName(row), url: pageOf(accountName), role: accountRole ?? 'guest' },
		excerpt: excerpt(plainText(ownText(row.body ?? [])), EXCERPT_LENGTH)
	};
}

function articleOf(row: Row): NotificationView['article'] {
	const { slug, title, concernedSlug, concernedTitle } = row;
	if (slug !== null && title !== null) return { slug, title };
	if (row.concernedPublishedAt === null || concernedSlug === null) return null;
	return { slug: concernedSlug, title: concernedTitle ?? '' };
}

function view(row: Row): NotificationView {
	const { id, kind, at, statementId, restriction, outcome, problemId, problemStatus } = row;
	return {
		...{ id, kind, at, read: row.readAt !== null, url: urlOf(row) },
		comment: commentOf(row),
		statement:
			statementId === null || restriction === null
				? null
				: { id: statementId, restriction, outcome },
		problem:
			problemId === null || problemStatus === null
				? null
				: { id: problemId, status: problemStatus },
		article: articleOf(row)
	};
}

/**
 * What the actor was told, newest first, as far as it may still be read: a comment's words stand here
 * only while they stand there; a decision was told for good.
 * @throws {Refusal} 401, 400 for a bad cursor.
 */
export async function list(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: NotificationView[]; next: string | null }> {
	requireAccount(actor);
	const before = idOf(input.cursor);
	const rows = await selectShown(db.read)
		.where(
			and(
				eq(notifications.accountId, actor.accountId),
				before === undefined ? undefined : lt(notifications.id, before),
				or(isNull(notifications.commentId), stillShown(db.read, actor))
			)
		)
		.orderBy(desc(notifications.id))
		.limit(PAGE + 1);
	const { items, next } = idPage(rows, PAGE);
	return { items: items.map(view), next };
}

/**
 * Of what the actor was told between two times, that of some kinds which it has not read and may still
 * read, oldest first: of comments, for mail.
 */
export async function unreadBetween(
	read: Read,
	actor: Member,
	input: { kinds: NotificationKind[]; after: Date; until: Date; limit: number }
): Promise<NotificationView[]> {
	const { kinds, after, until, limit } = input;
	const rows = await selectShown(read)
		.where(
			and(
				eq(notifications.accountId, actor.accountId),
				sql`${notifications.readAt} is null`,
				inArray(notifications.kind, kinds),
				gt(notifications.createdAt, after),
				lte(notifications.createdAt, until),
				stillShown(read, actor)
			)
		)
		.orderBy(asc(notifications.id))
		.limit(limit);
	return rows.map(view);
}

// Every page of somebody signed in asks, and mostly there is nothing. Written out, because a partial
// index is found by its own words only.
const unreadComments = prepared((read: Read) =>
	read
		.select({ id: notifications.commentId })
		.from(notifications)
		.where(
			and(
				eq(notifications.accountId, sql.placeholder('account')),
				sql`${notifications.readAt} is null`
			)
		)
		.limit(MOST_LOOKED_AT)
		.prepare('unread')
);

/** How much the actor has not read, as far as it may still be read: at most one more than `MOST_COUNTED`. */
export async function unread(db: Database, actor: Actor): Promise<number> {
	if (actor.accountId === null) return 0;
	const rows = await unreadComments(db.read).execute({ account: actor.accountId });
	if (rows.length === 0) return 0;
	const ids = rows.flatMap((row) => row.id ?? []);
	const decisions = rows.length - ids.length;
	if (ids.length === 0) return Math.min(decisions, MOST_COUNTED + 1);
	const [counted] = await db.read
		.select({ count: count() })
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(and(inArray(comments.id, ids), stillShown(db.read, actor as Member)));
	return Math.min(counted.count + decisions, MOST_COUNTED + 1);
}

/**
 * Marks what the actor was told as read: all of it, or those of some ids.
 * @throws {Refusal} 401, 429.
 */
export async function markRead(
	db: Database,
	actor: Actor,
	which: 'all' | readonly string[]
): Promise<void> {
	requireAccount(actor);
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		await tx
			.update(notifications)
			.set({ readAt: now() })
			.where(
				and(
					eq(notifications.accountId, actor.accountId),
					isNull(notifications.readAt),
					which === 'all' ? undefined : inArray(notifications.id, which.filter(isId))
				)
			);
	});
}
