import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import { decidedBy } from '../../articles/moderated.ts';
import { idOf, idPage } from '../../cursors.ts';
import type { Database, Read } from '../../database/database.ts';
import { accounts, actions, articles, comments } from '../../database/schema.ts';
import type { Ground } from '../grounds.ts';
import type { ActionKind } from '../kinds.ts';

const PAGE = 20;
// What somebody wrote lately is what a moderator asks about; a bound, because a person has none.
const COMMENTS_LOOKED_AT = 500;

/** An act about a person or a comment of theirs. */
export interface HistoryView {
	id: string;
	kind: ActionKind;
	at: Date;
	/** Null when the software or the operator did it. */
	by: string | null;
	ground: Ground | null;
	reason: string;
	details: Record<string, string | null>;
	/** The comment that it was about, and the title of its article. */
	comment: { url: string; title: string } | null;
}

/** The ids of a person's latest comments, as a subquery. */
export function latestComments(db: Read, accountId: string) {
	return db
		.select({ id: comments.id })
		.from(comments)
		.where(eq(comments.authorId, accountId))
		.orderBy(desc(comments.id))
		.limit(COMMENTS_LOOKED_AT);
}

function selectActs(db: Read) {
	return db
		.select({
			id: actions.id,
			kind: actions.kind,
			at: actions.createdAt,
			by: accounts.name,
			ground: actions.ground,
			reason: actions.reason,
			details: actions.details,
			commentId: actions.commentId,
			title: articles.title
		})
		.from(actions)
		.leftJoin(accounts, eq(accounts.id, actions.actorId))
		.leftJoin(articles, eq(articles.id, actions.inArticleId))
		.orderBy(desc(actions.id))
		.limit(PAGE + 1)
		.$dynamic();
}

/**
 * What was decided about a person and about their latest comments, as far as these are the actor's
 * matter, newest first.
 * @throws {Refusal} 401, 403 below moderator, 400 for a bad cursor.
 */
export async function list(
	db: Database,
	actor: Actor,
	input: { accountId: string; cursor?: string | null }
): Promise<{ items: HistoryView[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const { accountId } = input;
	const before = idOf(input.cursor);
	const earlier = before === undefined ? undefined : lt(actions.id, before);
	// Two index ranges: together they would be a walk through the whole log.
	const [ofPerson, ofComments] = await Promise.all([
		selectActs(db.read).where(and(eq(actions.accountId, accountId), earlier)),
		selectActs(db.read).where(
			and(inArray(actions.commentId, latestComments(db.read, accountId)), earlier, decidedBy(actor))
		)
	]);
	const rows = [...ofPerson, ...ofComments].sort((a, b) => (a.id < b.id ? 1 : -1));
	const { items, next } = idPage(rows, PAGE);
	return {
		items: items.map(({ commentId, title, ...act }) => ({
			...act,
			comment: commentId === null ? null : { url: `/c/${commentId}`, title: title ?? '' }
		})),
		next
	};
}
