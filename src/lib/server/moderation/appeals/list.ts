import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import { presentMixed } from '../../comments/comments.ts';
import { selectWithArticles } from '../../comments/rows.ts';
import type { CommentView } from '../../comments/view.ts';
import { idOf, idPage } from '../../cursors.ts';
import type { Database, Read } from '../../database/database.ts';
import {
	accounts,
	actions,
	appeals,
	articles,
	comments,
	statements
} from '../../database/schema.ts';
import { isId } from '../../ids.ts';
import { recordPageOf } from '../people/record.ts';
import type { Ground } from '../grounds.ts';
import type { Restriction } from '../restrictions.ts';
import { isThereAnother, mayDecide, type Matter } from './deciders.ts';
import { appealsWithin } from './scope.ts';
import { isOpen } from './waiting.ts';

const PAGE = 20;

function selectAppeals(db: Read) {
	return db
		.select({
			id: appeals.id,
			words: appeals.words,
			at: appeals.createdAt,
			accountId: appeals.accountId,
			name: accounts.name,
			role: accounts.role,
			statementId: statements.id,
			restriction: statements.restriction,
			ground: statements.ground,
			law: statements.law,
			reason: statements.reason,
			automatic: statements.automatic,
			until: statements.until,
			restrictedAt: statements.createdAt,
			actionId: statements.actionId,
			sanctionId: statements.sanctionId,
			commentId: statements.commentId,
			restrictedBy: actions.actorId,
			categoryId: articles.categoryId,
			publishedAt: articles.publishedAt
		})
		.from(appeals)
		.innerJoin(statements, eq(statements.id, appeals.statementId))
		.innerJoin(accounts, eq(accounts.id, appeals.accountId))
		.innerJoin(actions, eq(actions.id, statements.actionId))
		.leftJoin(comments, eq(comments.id, statements.commentId))
		.leftJoin(articles, eq(articles.id, comments.articleId))
		.$dynamic();
}
/** An appeal with what it is about. */
export type AppealRow = Awaited<ReturnType<typeof selectAppeals>>[number];

/** What an appeal is about, as far as it says who may decide. */
export function matterOf(row: AppealRow): Matter {
	const { categoryId, publishedAt, restrictedBy } = row;
	return {
		appellant: { id: row.accountId, role: row.role },
		article: row.commentId === null ? null : { categoryId, isDraft: publishedAt === null },
		restrictedBy
	};
}

/** An appeal that is the actor's matter; null for none. */
export async function load(db: Database, actor: Actor, id: string): Promise<AppealRow | null> {
	if (!isId(id)) return null;
	const [row] = await selectAppeals(db.read).where(and(eq(appeals.id, id), appealsWithin(actor)));
	return row ?? null;
}

/** An appeal, as those who decide see it. */
export interface OpenAppeal {
	id: string;
	words: string;
	at: Date;
	person: { name: string; url: string | null };
	restriction: Restriction;
	ground: Ground;
	law: string;
	reason: string;
	automatic: boolean;
	until: Date | null;
	restrictedAt: Date;
	/** `/statements/ID` */
	statement: string;
	comment: CommentView | null;
	/** Whether the actor may decide: not what it restricted itself, while somebody else may. */
	mayDecide: boolean;
}

async function commentsOf(db: Read, actor: Actor, rows: AppealRow[]) {
	const ids = rows.flatMap((row) => row.commentId ?? []);
	if (ids.length === 0) return new Map<string | null, CommentView>();
	const found = await selectWithArticles(db).where(inArray(comments.id, ids));
	const views = await presentMixed(db, actor, found);
	return new Map<string | null, CommentView>(views.map((view) => [view.id, view]));
}

async function isForActor(db: Read, actor: Actor, row: AppealRow): Promise<boolean> {
	const matter = matterOf(row);
	if (!mayDecide(actor, matter)) return false;
	return matter.restrictedBy !== actor.accountId || !(await isThereAnother(db, matter));
}

/**
 * Appeals that wait and are the actor's matter, those that wait longest first.
 * @throws {Refusal} 401, 403 below moderator, 400 for a bad cursor.
 */
export async function open(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: OpenAppeal[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const after = idOf(input.cursor);
	const rows = await selectAppeals(db.read)
		.where(
			and(isOpen, appealsWithin(actor), after === undefined ? undefined : gt(appeals.id, after))
		)
		.orderBy(asc(appeals.id))
		.limit(PAGE + 1);
	const { items, next } = idPage(rows, PAGE);
	const views = await commentsOf(db.read, actor, items);
	const shown = items.map(async (row): Promise<OpenAppeal> => {
		const { id, words, at, name, restriction, ground, law, reason, automatic, until } = row;
		return {
			...{ id, words, at, restriction, ground, law, reason, automatic, until },
			restrictedAt: row.restrictedAt,
			person: { name, url: recordPageOf(name) },
			statement: `/statements/${row.statementId}`,
			comment: views.get(row.commentId) ?? null,
			mayDecide: await isForActor(db.read, actor, row)
		};
	});
	return { items: await Promise.all(shown), next };
}
