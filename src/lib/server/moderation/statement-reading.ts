import { and, desc, eq, isNotNull, lt, type SQL } from 'drizzle-orm';
import { atLeast, requireAccount, requireRole, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { readable } from '../comments/access.ts';
import { isReadable } from '../comments/rules.ts';
import type { BlockView } from '../comments/view.ts';
import { idOf, idPage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import {
	accounts,
	actions,
	appeals,
	articles,
	comments,
	sanctions,
	statements
} from '../database/schema.ts';
import { isId } from '../ids.ts';
import * as quotes from '../quotes/join.ts';
import { notFound } from '../refusal.ts';
import { statementsWithin } from './appeals/scope.ts';
import type { Ground } from './grounds.ts';
import type { AppealOutcome } from './outcomes.ts';
import type { Restriction } from './restrictions.ts';

const PAGE = 30;
// As many as one sanction removes at most.
const REMOVED_MOST = 200;

/** What became of a person's objection. */
export interface AppealView {
	words: string;
	at: Date;
	/** Null while nobody decided. */
	outcome: AppealOutcome | null;
	answer: string;
	decidedAt: Date | null;
}

/** A restriction, as the person concerned is told of it. */
export interface StatementView {
	id: string;
	/** `/statements/ID` */
	url: string;
	restriction: Restriction;
	ground: Ground;
	/** Of illegal content: which law. */
	law: string;
	reason: string;
	/** Decided by the software. */
	automatic: boolean;
	at: Date;
	until: Date | null;
	/** Whether it holds still: not lifted, over or taken back. */
	holds: boolean;
	/** The comment that it is about. */
	comment: { id: string; url: string; article: { slug: string; title: string } } | null;
	appeal: AppealView | null;
}

/** A select of statements with what stands beside them; add `where` and so on. */
export function selectStatements(db: Read) {
	return db
		.select({
			id: statements.id,
			accountId: statements.accountId,
			actionId: statements.actionId,
			sanctionId: statements.sanctionId,
			restriction: statements.restriction,
			ground: statements.ground,
			law: statements.law,
			reason: statements.reason,
			automatic: statements.automatic,
			at: statements.createdAt,
			until: statements.until,
			commentId: statements.commentId,
			commentStatus: comments.status,
			slug: articles.slug,
			title: articles.title,
			endedAt: sanctions.endedAt,
			acknowledgedAt: sanctions.acknowledgedAt,
			words: appeals.words,
			appealedAt: appeals.createdAt,
			outcome: appeals.outcome,
			answer: appeals.answer,
			decidedAt: appeals.decidedAt
		})
		.from(statements)
		.leftJoin(comments, eq(comments.id, statements.commentId))
		.leftJoin(articles, eq(articles.id, comments.articleId))
		.leftJoin(sanctions, eq(sanctions.id, statements.sanctionId))
		.leftJoin(appeals, eq(appeals.statementId, statements.id))
		.$dynamic();
}
/** A statement with what stands beside it. */
export type StatementRow = Awaited<ReturnType<typeof selectStatements>>[number];

function holds(row: StatementRow): boolean {
	if (row.commentId !== null) {
		return row.commentStatus === 'removed' || row.commentStatus === 'rejected';
	}
	return row.endedAt === null && (row.until === null || row.until > now());
}

/** A statement as it is shown. */
export function viewOf(row: StatementRow): StatementView {
	const { id, restriction, ground, law, reason, automatic, at, until, commentId, slug } = row;
	return {
		...{ id, url: `/statements/${id}`, restriction, ground, law, reason, automatic, at, until },
		holds: holds(row),
		comment:
			commentId === null || slug === null || row.title === null
				? null
				: { id: commentId, url: `/c/${commentId}`, article: { slug, title: row.title } },
		appeal:
			row.words === null || row.appealedAt === null
				? null
				: {
						...{ words: row.words, at: row.appealedAt, outcome: row.outcome },
						...{ answer: row.answer ?? '', decidedAt: row.decidedAt }
					}
	};
}

/** A statement with all that its page shows. */
export interface StatementPage extends StatementView {
	/** Whose it is, by name. */
	name: string;
	/** Whether the actor is who it is about. */
	mine: boolean;
	/** The comment's text; null where there is none to show. */
	blocks: BlockView[] | null;
	/** The statements of comments that were removed with a sanction. */
	removed: StatementView[];
	mayAppeal: boolean;
}

/** The statement, for the person whose it is and for moderators whose matter it is. */
async function load(db: Database, actor: Actor, id: string): Promise<StatementRow> {
	requireAccount(actor);
	if (!isId(id)) throw notFound('statement');
	const [own] = await selectStatements(db.read).where(
		and(eq(statements.id, id), eq(statements.accountId, actor.accountId))
	);
	if (own) return own;
	if (!atLeast(actor, 'moderator')) throw notFound('statement');
	const [row] = await selectStatements(db.read).where(
		and(eq(statements.id, id), statementsWithin(actor))
	);
	if (!row) throw notFound('statement');
	return row;
}

/** The comment's words, which its author is shown even where they were taken down. */
async function blocksOf(db: Database, row: StatementRow, actor: Actor, mine: boolean) {
	if (row.commentId === null || row.commentStatus === 'deleted') return null;
	const [comment] = await db.read
		.select({ blocks: comments.blocks })
		.from(comments)
		.where(eq(comments.id, row.commentId));
	if (!mine && !isReadable(actor, await readable(db.read, actor, row.commentId))) return null;
	return quotes.blocks(comment.blocks, await quotes.load(db.read, [row.commentId]));
}

async function removedWith(db: Read, row: StatementRow): Promise<StatementView[]> {
	if (row.sanctionId === null || row.commentId !== null) return [];
	const rows = await selectStatements(db)
		.where(
			and(
				eq(statements.accountId, row.accountId),
				eq(statements.sanctionId, row.sanctionId),
				isNotNull(statements.commentId)
			)
		)
		.orderBy(desc(statements.id))
		.limit(REMOVED_MOST);
	return rows.map(viewOf);
}

/**
 * A statement, for the person concerned and for moderators whose matter it is; never by whom it was
 * decided.
 * @throws {Refusal} 401, 404 for everyone else.
 */
export async function read(db: Database, actor: Actor, id: string): Promise<StatementPage> {
	const row = await load(db, actor, id);
	const [{ name }] = await db.read
		.select({ name: accounts.name })
		.from(accounts)
		.where(eq(accounts.id, row.accountId));
	const mine = row.accountId === actor.accountId;
	const view = viewOf(row);
	return {
		...view,
		...{ name, mine },
		blocks: await blocksOf(db, row, actor, mine),
		removed: mine ? await removedWith(db.read, row) : [],
		mayAppeal: mine && view.holds && view.appeal === null
	};
}

async function page(db: Read, whose: SQL | undefined, cursor: string | null | undefined) {
	const before = idOf(cursor);
	const rows = await selectStatements(db)
		.where(and(whose, before === undefined ? undefined : lt(statements.id, before)))
		.orderBy(desc(statements.id))
		.limit(PAGE + 1);
	const { items, next } = idPage(rows, PAGE);
	return { items: items.map(viewOf), next };
}

/** What the actor was told of restrictions, newest first. @throws {Refusal} 401, 400 for a bad cursor */
export async function list(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: StatementView[]; next: string | null }> {
	requireAccount(actor);
	return page(db.read, eq(statements.accountId, actor.accountId), input.cursor);
}

/**
 * What a person was told of restrictions, as far as it is the actor's matter, newest first.
 * @throws {Refusal} 401, 403 below moderator, 400 for a bad cursor.
 */
export async function ofPerson(
	db: Database,
	actor: Actor,
	input: { accountId: string; cursor?: string | null }
): Promise<{ items: StatementView[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const theirs = and(eq(statements.accountId, input.accountId), statementsWithin(actor));
	return page(db.read, theirs, input.cursor);
}

/** Who restricted; null when the software did. */
export async function restrictedBy(db: Read, actionId: string): Promise<string | null> {
	const [act] = await db
		.select({ actorId: actions.actorId })
		.from(actions)
		.where(eq(actions.id, actionId));
	return act?.actorId ?? null;
}
