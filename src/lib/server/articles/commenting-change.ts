import { eq, sql } from 'drizzle-orm';
import { atLeast, requireRole, within, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles, commentingStates } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { record } from '../moderation/log.ts';
import { notFound } from '../refusal.ts';
import * as site from '../site/site.ts';
import { stateAt, type CommentingColumns } from './commenting-rules.ts';
import type { CommentingState } from './commenting-states.ts';
import { hasSlug } from './slugs.ts';

/** A comment state as it is kept. */
export interface SetState {
	state: CommentingState;
	/** For the log. */
	reason: string;
	/** What stands beside the notice. */
	note: string;
	/** When it changes back; null for no such time. */
	until: Date | null;
}

/** An article, locked until the transaction ends. */
export type LockedArticle = typeof articles.$inferSelect;

/**
 * Locks an article whose discussion is to be changed.
 * @throws {Refusal} 401 or 403 for all but moderators of its category, 404, drafts but for editors too.
 */
export async function lock(tx: Tx, actor: Actor, slug: string): Promise<LockedArticle> {
	const [row] = await forUpdate(tx.select().from(articles).where(hasSlug(articles, slug)));
	if (!row || (row.publishedAt === null && !atLeast(actor, 'editor'))) throw notFound('article');
	requireRole(within(actor, row.categoryId), 'moderator');
	return row;
}

/** Keeps a state as a row with who, when, why and until when. */
async function keep(
	tx: Tx,
	actor: Actor,
	articleId: string,
	input: SetState,
	createdAt: Date
): Promise<void> {
	const { accountId: actorId } = actor;
	await tx
		.insert(commentingStates)
		.values({ id: newId(), articleId, actorId, createdAt, ...input });
}

/** Keeps the state that a new article begins in; whoever writes the article logs it. */
export async function begin(
	tx: Tx,
	actor: Actor,
	articleId: string,
	state: CommentingState
): Promise<void> {
	await keep(tx, actor, articleId, { state, reason: '', note: '', until: null }, now());
}

/** The act itself: the article's columns, the row with who, when and why, and the log. */
export async function change(
	tx: Tx,
	actor: Actor,
	article: CommentingColumns & { id: string },
	input: SetState,
	at: Date
): Promise<void> {
	const from = stateAt(article, at);
	const isForATime = article.commentingUntil !== null && article.commentingUntil > at;
	const lasting = isForATime ? (article.commentingThen ?? 'open') : from;
	await tx
		.update(articles)
		.set({
			commenting: input.state,
			commentingUntil: input.until,
			commentingThen: input.until ? lasting : null,
			revision: sql`${articles.revision} + 1`
		})
		.where(eq(articles.id, article.id));
	await keep(tx, actor, article.id, input, at);
	// Comments of the article show, or stop showing, on people's pages and in quotes elsewhere.
	if (from === 'hidden' || input.state === 'hidden') await site.touch(tx);
	const until = input.until?.toISOString() ?? null;
	await record(tx, actor, {
		kind: 'article.commenting',
		subject: { articleId: article.id },
		reason: input.reason,
		details: { from, to: input.state, until }
	});
}
