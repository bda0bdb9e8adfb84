import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { follows, mutes } from '../database/schema.ts';
import type { CommentRow } from './rows.ts';

// As many as a page mostly has; of more, so many at once.
const some = listOf(30);

const mutedBy = prepared((db: Read) =>
	db
		.select({ id: mutes.mutedId })
		.from(mutes)
		.where(and(eq(mutes.accountId, sql.placeholder('account')), some.has(mutes.mutedId)))
		.prepare('muted_by')
);

/** Which of the authors of these comments the actor muted. */
export async function muted(db: Read, actor: Actor, rows: CommentRow[]): Promise<Set<string>> {
	const { accountId: account } = actor;
	if (account === null) return new Set();
	const others = rows.flatMap(({ authorId }) => authorId ?? []).filter((id) => id !== account);
	const authors = [...new Set(others)];
	if (authors.length === 0) return new Set();
	const query = mutedBy(db);
	const found = await some.all(authors, (values) => query.execute({ account, ...values }));
	return new Set(found.map(({ id }) => id));
}

const followedBy = prepared((db: Read) =>
	db
		.select({ id: follows.rootId })
		.from(follows)
		.where(
			and(
				eq(follows.accountId, sql.placeholder('account')),
				eq(follows.articleId, sql.placeholder('article')),
				some.has(follows.rootId)
			)
		)
		.prepare('followed_by')
);

/** Which of the roots among these comments of one article begin threads that the actor follows. */
export async function followed(db: Read, actor: Actor, rows: CommentRow[]): Promise<Set<string>> {
	const roots = rows.filter((row) => row.parentId === null);
	const { accountId: account } = actor;
	if (account === null || roots.length === 0) return new Set();
	const query = followedBy(db);
	const [{ articleId: article }] = roots;
	const ids = roots.map((root) => root.id);
	const found = await some.all(ids, (values) => query.execute({ account, article, ...values }));
	return new Set(found.map(({ id }) => id));
}
