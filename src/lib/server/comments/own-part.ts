import { and, eq, sql } from 'drizzle-orm';
import { within, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { follows, mutes, votes } from '../database/schema.ts';
import type { CommentRow } from './rows.ts';
import { isAuthor, rightsOf, type RuledDiscussion } from './rules.ts';
import type { CommentView } from './view.ts';

/** What a comment is to one reader, beside what it is to all. */
export type OwnPart = Pick<CommentView, 'mine' | 'recommended' | 'muted' | 'followed' | 'can'>;

// As many as a page mostly has; of more, so many at once.
const some = listOf(30);
const many = listOf(100);

const recommendedBy = prepared((db: Read) =>
	db
		.select({ id: votes.commentId })
		.from(votes)
		.where(and(eq(votes.accountId, sql.placeholder('account')), many.has(votes.commentId)))
		.prepare('recommended_by')
);

/** Which of these comments an account recommended. */
async function recommended(db: Read, account: string, rows: CommentRow[]): Promise<Set<string>> {
	const query = recommendedBy(db);
	const ids = rows.map((row) => row.id);
	const found = await many.all(ids, (values) => query.execute({ account, ...values }));
	return new Set(found.map(({ id }) => id));
}

const mutedBy = prepared((db: Read) =>
	db
		.select({ id: mutes.mutedId })
		.from(mutes)
		.where(and(eq(mutes.accountId, sql.placeholder('account')), some.has(mutes.mutedId)))
		.prepare('muted_by')
);

/** Which of the authors of these comments an account muted. */
async function muted(db: Read, account: string, rows: CommentRow[]): Promise<Set<string>> {
	const authors = [...new Set(rows.map((row) => row.authorId))].filter((id) => id !== null);
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

/** Which of the roots among these comments of one article begin threads that an account follows. */
async function followed(db: Read, account: string, rows: CommentRow[]): Promise<Set<string>> {
	const roots = rows.filter((row) => row.parentId === null);
	if (roots.length === 0) return new Set();
	const query = followedBy(db);
	const [{ articleId: article }] = roots;
	const ids = roots.map((root) => root.id);
	const found = await some.all(ids, (values) => query.execute({ account, article, ...values }));
	return new Set(found.map(({ id }) => id));
}

const NONE: ReadonlySet<string> = new Set();
type Sets = [ReadonlySet<string>, ReadonlySet<string>, ReadonlySet<string>];

async function setsOf(db: Read, account: string | null, rows: CommentRow[]): Promise<Sets> {
	if (account === null || rows.length === 0) return [NONE, NONE, NONE];
	return Promise.all([
		recommended(db, account, rows),
		muted(db, account, rows),
		followed(db, account, rows)
	]);
}

/** What comments of one article are to the actor: asked together, answered for each. */
export async function of(
	db: Read,
	actor: Actor,
	article: RuledDiscussion & { categoryId: string | null },
	rows: CommentRow[]
): Promise<(row: CommentRow) => OwnPart> {
	const here = within(actor, article.categoryId);
	const [recommends, mutes, follows] = await setsOf(db, actor.accountId, rows);
	const at = now();
	return (row) => ({
		mine: isAuthor(actor, row),
		recommended: recommends.has(row.id),
		muted: row.authorId !== null && mutes.has(row.authorId),
		followed: follows.has(row.id),
		can: rightsOf(here, row, article, at)
	});
}
