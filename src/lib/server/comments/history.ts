import { desc, eq } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { commentRevisions } from '../database/schema.ts';
import * as quotes from '../quotes/join.ts';
import { notFound } from '../refusal.ts';
import { readable } from './access.ts';
import { articleOf } from './comments.ts';
import { present } from './present.ts';
import type { BlockView, CommentView } from './view.ts';

/** A text that a comment had. */
export interface RevisionView {
	revision: number;
	createdAt: Date;
	blocks: BlockView[];
}

/**
 * A comment with its earlier texts, latest first.
 * @throws {Refusal} 404 when its words are not for the actor.
 */
export async function history(
	db: Database,
	actor: Actor,
	id: string
): Promise<{ comment: CommentView; revisions: RevisionView[] }> {
	const row = await readable(db.read, actor, id);
	const [comment] = await present(db.read, actor, articleOf(row), [row]);
	if (comment.blocks === null) throw notFound('comment');
	const rows = await db.read
		.select()
		.from(commentRevisions)
		.where(eq(commentRevisions.commentId, id))
		.orderBy(desc(commentRevisions.revision));
	const quoteMap = await quotes.load(db.read, [id]);
	const revisions = rows.map(({ revision, createdAt, blocks }) => ({
		revision,
		createdAt,
		blocks: quotes.blocks(blocks, quoteMap)
	}));
	return { comment, revisions };
}
