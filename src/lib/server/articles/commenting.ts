import { and, desc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { requireRole, system, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { CommentingView } from '../comments/view.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles, commentingStates } from '../database/schema.ts';
import { readWords } from '../moderation/reason.ts';
import { invalid } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';
import { change, lock } from './commenting-change.ts';
import { stateAt, type CommentingColumns } from './commenting-rules.ts';
import type { CommentingState } from './commenting-states.ts';

// A sentence or two; it stands beside the notice.
const NOTE_LENGTH = 1000;
// Whoever means longer than a hundred years means for good; and no database holds every year there is.
const LONGEST = 100 * 366 * 24 * 60 * 60 * 1000;
// What gives way at once is a night's end for all articles at most; the rest is next.
const AT_ONCE = 500;

/** A change of an article's comment state. */
export interface CommentingInput {
	state: CommentingState;
	/** For the log. */
	reason?: string;
	/** What stands beside the notice, for everyone. */
	note?: string;
	/**
	 * When it changes back; null for no such time. It changes back to what held without a time: what
	 * was itself set for a time does not return.
	 */
	until?: Date | null;
}

const lastState = prepared((db: Read) =>
	db
		.select({
			note: commentingStates.note,
			until: commentingStates.until,
			since: commentingStates.createdAt
		})
		.from(commentingStates)
		.where(eq(commentingStates.articleId, sql.placeholder('article')))
		.orderBy(desc(commentingStates.id))
		.limit(1)
		.prepare('last_state')
);

/** The comment state that holds at a time, with its note and since when. */
export async function current(
	db: Read,
	article: CommentingColumns & { id: string },
	at: Date
): Promise<CommentingView> {
	const state = stateAt(article, at);
	const nothing: CommentingView = { state, note: '', until: null, since: null };
	const isOver = article.commentingUntil !== null && article.commentingUntil <= at;
	if (isOver) return { ...nothing, since: article.commentingUntil };
	const [row] = await lastState(db).execute({ article: article.id });
	return row ? { state, ...row } : nothing;
}

function readNote(text: string): string {
	const note = normaliseText(text).trim();
	if (note.length <= NOTE_LENGTH) return note;
	throw invalid('note-too-long', `A note has at most ${NOTE_LENGTH} characters.`, 'note');
}

function assertAhead(until: Date): void {
	if (!(until > now())) {
		throw invalid('past', 'The time at which it changes back must lie ahead.', 'until');
	}
	if (until.getTime() - now().getTime() > LONGEST) {
		throw invalid(
			'too-far',
			'The time at which it changes back is more than a hundred years ahead.',
			'until'
		);
	}
}

/**
 * Sets an article's comment state. What is posted after this is answered meets the new state.
 * @throws {Refusal} 401 or 403 for all but moderators of its category, 404, 422 for a time that is past
 * or a reason or note too long.
 */
export async function set(
	db: Database,
	actor: Actor,
	slug: string,
	input: CommentingInput
): Promise<void> {
	requireRole(actor, 'moderator');
	const { state, until = null } = input;
	const reason = readWords(input.reason ?? '');
	const note = readNote(input.note ?? '');
	if (until !== null) assertAhead(until);
	await db.write(async (tx) => {
		const article = await lock(tx, actor, slug);
		await change(tx, actor, article, { state, reason, note, until }, now());
	});
}

/** Makes the states that were set for a time give way, each in the log; returns how many did. */
export async function revertDue(db: Database): Promise<number> {
	const due = await db.read
		.select({ slug: articles.slug })
		.from(articles)
		.where(and(isNotNull(articles.commentingUntil), lte(articles.commentingUntil, now())))
		.limit(AT_ONCE);
	let reverted = 0;
	for (const { slug } of due) {
		const done = await db.write(async (tx) => {
			const article = await lock(tx, system, slug);
			const at = now();
			// Another process may have been quicker.
			if (article.commentingUntil === null || article.commentingUntil > at) return false;
			const state = stateAt(article, at);
			const reason = 'The time set for it was over.';
			const from = { ...article, commentingUntil: null };
			await change(tx, system, from, { state, reason, note: '', until: null }, at);
			return true;
		});
		reverted += Number(done);
	}
	return reverted;
}
