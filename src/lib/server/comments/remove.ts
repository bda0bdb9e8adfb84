import { eq } from 'drizzle-orm';
import { requireAccount, type Actor } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import * as reports from '../moderation/reports.ts';
import { conflict, forbidden } from '../refusal.ts';
import { readable } from './access.ts';
import { touchArticle } from './counts.ts';
import { isAuthor, isPlaced } from './rules.ts';
import * as shown from './shown.ts';

/**
 * Takes a comment down as its author does: its replies keep their place, its words are withdrawn
 * everywhere. False when it was taken down before.
 */
export async function withdraw(tx: Tx, comment: shown.Shown): Promise<boolean> {
	await shown.lock(tx, comment);
	const [row] = await tx
		.select({
			status: comments.status,
			listedIn: comments.listedIn,
			replySeq: comments.replySeq
		})
		.from(comments)
		.where(eq(comments.id, comment.id));
	if (row.status !== 'published' && row.status !== 'pending') return false;
	await reports.settle(tx, comment.id, { by: null, outcome: null });
	// What waited without a place was seen by nobody.
	const wasSeen = isPlaced(row);
	const change = row.status === 'published' ? -1 : 0;
	const changed = wasSeen ? { changedIn: await touchArticle(tx, comment.articleId, change) } : {};
	await tx
		.update(comments)
		.set({ status: 'deleted', ...changed })
		.where(eq(comments.id, comment.id));
	if (wasSeen) await shown.touch(tx, comment);
	return true;
}

/**
 * Takes one's own comment down for good: its replies keep their place, its words are withdrawn
 * everywhere. Allowed in a closed discussion too: the words are the author's.
 * @throws {Refusal} 401, 403 for anyone but its author, 404, 409 when it was taken down before.
 */
export async function removeOwn(db: Database, actor: Actor, id: string): Promise<void> {
	requireAccount(actor);
	const comment = await readable(db.read, actor, id);
	if (!isAuthor(actor, comment)) throw forbidden('Only its author can delete a comment.');
	await db.write(async (tx) => {
		if (await withdraw(tx, comment)) return;
		throw conflict('gone', 'This comment was taken down before.');
	});
}
