import { asc, eq, gt, inArray } from 'drizzle-orm';
import { touchArticle } from '../comments/counts.ts';
import * as shown from '../comments/shown.ts';
import type { Database } from '../database/database.ts';
import { commentRevisions, comments, quotes } from '../database/schema.ts';
import { settle, standingIn } from '../quotes/store.ts';
import { noteMended, type Recount } from './mending.ts';

const AT_ONCE = 500;

const columns = {
	id: comments.id,
	articleId: comments.articleId,
	authorId: comments.authorId,
	body: comments.body
};

async function mend(db: Database, recount: Recount, comment: shown.Shown): Promise<void> {
	const mended = await db.write(async (tx) => {
		await shown.lock(tx, comment);
		const [{ body }] = await tx.select(columns).from(comments).where(eq(comments.id, comment.id));
		const changed = await settle(tx, comment.id, body);
		if (changed.length === 0) return [];
		await touchArticle(tx, comment.articleId);
		await shown.touch(tx, comment);
		const rows = await tx
			.select({ id: quotes.id, is: quotes.standing })
			.from(quotes)
			.where(inArray(quotes.id, changed));
		return rows.map(({ id, is }) => ({ what: 'standing quote' as const, id, was: !is, is }));
	});
	noteMended(recount, mended);
}

/** Looks at the quotes of every edited comment: whether it is known which stand in its present text. */
export async function recountQuotes(db: Database, recount: Recount): Promise<void> {
	let last = '';
	for (;;) {
		const edited = await db.read
			.selectDistinct({ id: commentRevisions.commentId })
			.from(commentRevisions)
			.where(gt(commentRevisions.commentId, last))
			.orderBy(asc(commentRevisions.commentId))
			.limit(AT_ONCE);
		if (edited.length === 0) return;
		const ids = edited.map((row) => row.id);
		last = ids[ids.length - 1];
		const rows = await db.read.select().from(quotes).where(inArray(quotes.commentId, ids));
		const quoting = Map.groupBy(rows, (row) => row.commentId);
		const found = await db.read
			.select(columns)
			.from(comments)
			.where(inArray(comments.id, [...quoting.keys()]));
		for (const comment of found) {
			const theirs = quoting.get(comment.id)!;
			const standing = standingIn(comment.body, theirs);
			const right = theirs.every((row) => row.standing === standing.has(row.id));
			if (!right) await mend(db, recount, comment);
		}
	}
}
