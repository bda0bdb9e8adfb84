import { and, desc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { atLeast, requireRole, system, within, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { CommentingView } from '../comments/view.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { prepared } from '../database/prepared.ts';
import { articles, commentingStates } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { record } from '../moderation/log.ts';
import { invalid, notFound } from '../refusal.ts';
import * as site from '../site/site.ts';
import { normaliseText } from '../text/normalise.ts';
import { stateAt, type CommentingColumns } from './commenting-rules.ts';
import type { CommentingState } from './commenting-states.ts';
import { hasSlug } from './slugs.ts';

// A sentence or two; it stands beside the notice and in the log.
const REASON_LENGTH = 1000;
// Whoever means longer than a hundred years means for good; and no database holds every year there is.
const LONGEST = 100 * 366 * 24 * 60 * 60 * 1000;

/** A change of an article's comment state. */
export interface CommentingInput {
	state: CommentingState;
	reason?: string;
	/**
	 * When it changes back; null for no such time. It changes back to what held without a time: what
	 * was itself set for a time does not return.
	 */
	until?: Date | null;
}

const lastState = prepared((db: Read) =>
	db
		.select({
			reason: commentingStates.reason,
			until: commentingStates.until,
			since: commentingStates.createdAt
		})
		.from(commentingStates)
		.where(eq(commentingStates.articleId, sql.placeholder('article')))
		.orderBy(desc(commentingStates.id))
		.limit(1)
		.prepare('last_state')
);

/** The comment state that holds at a time, with why and since when. */
export async function current(
	db: Read,
	article: CommentingColumns & { id: string },
	at: Date
): Promise<CommentingView> {
	const state = stateAt(article, at);
	const nothing: CommentingView = { state, reason: '', until: null, since: null };
	const isOver = article.commentingUntil !== null && article.commentingUntil <= at;
	if (isOver) return { ...nothing, since: article.commentingUntil };
	const [row] = await lastState(db).execute({ article: article.id });
	return row ? { state, ...row } : nothing;
}

type Locked = CommentingColumns & { id: string };

/** Drafts are not for moderators. */
async function lock(tx: Tx, actor: Actor, slug: string): Promise<Locked> {
	const [row] = await forUpdate(
		tx
			.select({
				id: articles.id,
				publishedAt: articles.publishedAt,
				categoryId: articles.categoryId,
				commenting: articles.commenting,
				commentingUntil: articles.commentingUntil,
				commentingThen: articles.commentingThen
			})
			.from(articles)
			.where(hasSlug(articles, slug))
	);
	if (!row || (row.publishedAt === null && !atLeast(actor, 'editor'))) throw notFound('article');
	requireRole(within(actor, row.categoryId), 'moderator');
	return row;
}

/** Keeps a state as a row with who, when, why and until when. */
async function keep(
	tx: Tx,
	actor: Actor,
	articleId: string,
	input: Required<CommentingInput>,
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
	await keep(tx, actor, articleId, { state, reason: '', until: null }, now());
}

/** The act itself: the article's columns, the row with who, when and why, and the log. */
async function change(
	tx: Tx,
	actor: Actor,
	article: Locked,
	input: Required<CommentingInput>,
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

/**
 * Sets an article's comment state. What is posted after this is answered meets the new state.
 * @throws {Refusal} 401 or 403 below moderator, 404, 422 for a time that is past or a reason too long.
 */
export async function set(
	db: Database,
	actor: Actor,
	slug: string,
	input: CommentingInput
): Promise<void> {
	requireRole(actor, 'moderator');
	const reason = normaliseText(input.reason ?? '').trim();
	const until = input.until ?? null;
	if (reason.length > REASON_LENGTH) {
		throw invalid('reason-too-long', `A reason has at most ${REASON_LENGTH} characters.`, 'reason');
	}
	if (until !== null && !(until > now())) {
		throw invalid('past', 'The time at which it changes back must lie ahead.', 'until');
	}
	if (until !== null && until.getTime() - now().getTime() > LONGEST) {
		throw invalid(
			'too-far',
			'The time at which it changes back is more than a hundred years ahead.',
			'until'
		);
	}
	await db.write(async (tx) => {
		await change(
			tx,
			actor,
			await lock(tx, actor, slug),
			{ state: input.state, reason, until },
			now()
		);
	});
}

/** Makes the states that were set for a time give way, each in the log; returns how many did. */
export async function revertDue(db: Database): Promise<number> {
	const due = await db.read
		.select({ slug: articles.slug })
		.from(articles)
		.where(and(isNotNull(articles.commentingUntil), lte(articles.commentingUntil, now())));
	let reverted = 0;
	for (const { slug } of due) {
		const done = await db.write(async (tx) => {
			const article = await lock(tx, system, slug);
			const at = now();
			// Another process may have been quicker.
			if (article.commentingUntil === null || article.commentingUntil > at) return false;
			const state = stateAt(article, at);
			const reason = 'The time set for it was over.';
			await change(
				tx,
				system,
				{ ...article, commentingUntil: null },
				{ state, reason, until: null },
				at
			);
			return true;
		});
		reverted += Number(done);
	}
	return reverted;
}
