import { eq } from 'drizzle-orm';
import type { Segment } from '../comments/body.ts';
import type { ExistingQuote, NewQuote } from '../comments/compose.ts';
import type { Read, Tx } from '../database/database.ts';
import { quotes } from '../database/schema.ts';
import { load } from './join.ts';

function quotesIn(body: Segment[]): string[] {
	return body.flatMap((segment) => ('quote' in segment ? segment.quote : []));
}

/** Every quote that a comment has or had: those in its present body first, in their order there. */
export async function ofComment(
	db: Read,
	comment: { id: string; body: Segment[] }
): Promise<ExistingQuote[]> {
	const rows = await db.select().from(quotes).where(eq(quotes.commentId, comment.id));
	const joined = await load(db, [comment.id]);
	const order = [...quotesIn(comment.body), ...rows.flatMap((row) => quotesIn(row.body))];
	const place = ({ id }: { id: string }) => (order.includes(id) ? order.indexOf(id) : Infinity);
	return rows
		.map((row) => ({ ...row, withdrawn: joined.get(row.id)?.withdrawn === true }))
		.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Stores a comment's new quotes. */
export async function add(tx: Tx, commentId: string, rows: NewQuote[]): Promise<void> {
	if (rows.length > 0) await tx.insert(quotes).values(rows.map((row) => ({ ...row, commentId })));
}
