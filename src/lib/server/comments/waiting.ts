import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { comments } from '../database/schema.ts';
import { selectComments, type CommentRow } from './rows.ts';

/** An account's comments on an article that wait, whose index holds nothing else. */
export const waitingBy = prepared((db: Read) =>
	selectComments(db)
		.where(
			and(
				// Written out, because a partial index is found by its own words only.
				sql`${comments.status} = 'pending'`,
				// One that was published before waits in its place.
				isNull(comments.listedIn),
				isNull(comments.replySeq),
				eq(comments.articleId, sql.placeholder('article')),
				eq(comments.authorId, sql.placeholder('account'))
			)
		)
		.orderBy(asc(comments.id))
		.prepare('waiting_by')
);

/** The actor's own comments on an article that wait for a moderator, oldest first. */
export async function waitingOf(db: Read, actor: Actor, article: string): Promise<CommentRow[]> {
	const { accountId: account } = actor;
	return account === null ? [] : waitingBy(db).execute({ article, account });
}
