import { sql } from 'drizzle-orm';
import type { Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles, bylines, comments } from '../database/schema.ts';

type Row = typeof comments.$inferInsert;
/** A comment as it is posted. */
export type NewComment = Required<Pick<Row, (typeof POSTED)[number]>>;

/** The columns that posting fills; the others have their defaults. */
const POSTED = [
	...(['id', 'articleId', 'rootId', 'parentId', 'depth', 'listedIn', 'replySeq'] as const),
	...(['authorId', 'body', 'blocks', 'rendererVersion', 'status', 'createdAt'] as const),
	...(['idempotencyKey', 'postedHash', 'changedIn'] as const),
	...(['harm', 'unreviewed', 'textKey', 'ground'] as const)
];

/** Whether its author is the account of the article's byline. */
const byAuthor = sql`exists (
	select 1 from ${articles} inner join ${bylines} on ${bylines.id} = ${articles.bylineId}
	where ${articles.id} = ${sql.placeholder('articleId')}
	and ${bylines.accountId} = ${sql.placeholder('authorId')})`;

const insertRow = prepared((tx: Tx) => {
	const given = Object.fromEntries(POSTED.map((name) => [name, sql.placeholder(name)]));
	const values = { ...given, byAuthor };
	return tx
		.insert(comments)
		.values(values as unknown as Row)
		.returning({ byAuthor: comments.byAuthor })
		.prepare('insert_comment');
});

/** Stores a posted comment. @returns what the database found out about it */
export async function insert(tx: Tx, row: NewComment): Promise<{ byAuthor: boolean }> {
	const [found] = await insertRow(tx).execute(row);
	return found;
}
