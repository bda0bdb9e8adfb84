import { eq, inArray, sql } from 'drizzle-orm';
import type { Segment } from '../comments/body.ts';
import type { ExistingQuote, NewQuote } from '../comments/compose.ts';
import type { Read, Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
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

const NEW = [
	...(['id', 'commentId', 'outerId', 'sourceCommentId', 'sourceArticleId'] as const),
	...(['sourceRevision', 'passage', 'saidBy', 'match', 'body', 'blocks'] as const)
];

const insertRow = prepared((tx: Tx) => {
	const values = Object.fromEntries(NEW.map((name) => [name, sql.placeholder(name)]));
	return tx
		.insert(quotes)
		.values(values as unknown as typeof quotes.$inferInsert)
		.prepare('insert_quote');
});

/** Stores a comment's new quotes. */
export async function add(tx: Tx, commentId: string, rows: NewQuote[]): Promise<void> {
	for (const row of rows) await insertRow(tx).execute({ ...row, commentId });
}

/** A quote's row, as far as it tells which quotes stand inside it. */
export interface QuotePlace {
	id: string;
	body: Segment[];
}

/** The ids of the quotes that stand in a body, those within others too. */
export function standingIn(body: Segment[], rows: QuotePlace[]): Set<string> {
	const byId = new Map(rows.map((row) => [row.id, row]));
	const standing = new Set<string>();
	const waiting = quotesIn(body);
	for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
		if (standing.has(id)) continue;
		standing.add(id);
		waiting.push(...quotesIn(byId.get(id)?.body ?? []));
	}
	return standing;
}

/** Notes which of a comment's quotes stand in its present body; gives the ids of those that changed. */
export async function settle(tx: Tx, commentId: string, body: Segment[]): Promise<string[]> {
	const rows = await tx
		.select({ id: quotes.id, body: quotes.body, standing: quotes.standing })
		.from(quotes)
		.where(eq(quotes.commentId, commentId));
	const standing = standingIn(body, rows);
	const changed = rows.filter((row) => row.standing !== standing.has(row.id));
	for (const stands of [true, false]) {
		const ids = changed.flatMap((row) => (row.standing === stands ? [] : row.id));
		if (ids.length === 0) continue;
		await tx.update(quotes).set({ standing: stands }).where(inArray(quotes.id, ids));
	}
	return changed.map((row) => row.id);
}
