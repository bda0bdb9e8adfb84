import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { comments } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { invalid } from '../refusal.ts';

/** Where a comment stands in its discussion. */
export interface Place {
	parentId: string | null;
	rootId: string;
	depth: number;
}

const parentOf = prepared((tx: Tx) =>
	tx
		.select({
			articleId: comments.articleId,
			rootId: comments.rootId,
			depth: comments.depth,
			status: comments.status
		})
		.from(comments)
		.where(eq(comments.id, sql.placeholder('parent')))
		.prepare('parent')
);

/** Where a reply goes. @throws {Refusal} 422 when its parent is unknown, gone or on another article */
export async function placeOf(
	tx: Tx,
	articleId: string,
	id: string,
	parent: string | null | undefined
): Promise<Place> {
	if (!parent) return { parentId: null, rootId: id, depth: 0 };
	const [row] = isId(parent) ? await parentOf(tx).execute({ parent }) : [];
	if (
		!row ||
		row.articleId !== articleId ||
		row.status === 'pending' ||
		row.status === 'rejected'
	) {
		throw invalid('unknown-parent', 'The comment you reply to is not on this article.', 'parent');
	}
	if (row.status !== 'published') {
		throw invalid('parent-gone', 'The comment you reply to has been taken down.', 'parent');
	}
	return { parentId: parent, rootId: row.rootId, depth: row.depth + 1 };
}
