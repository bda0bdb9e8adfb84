import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import * as removals from '../../comments/remove.ts';
import type { Database, Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { comments, follows, mutes, notifications, votes } from '../../database/schema.ts';

// Few enough that nobody who writes meanwhile waits for long.
const AT_ONCE = 200;
// Each in its own transaction, because each locks its own articles; together they share a commit.
const COMMENTS_AT_ONCE = 20;

/** Repeats a step that says how much it did until nothing is left for it. */
async function untilNone(db: Database, step: (tx: Tx) => Promise<number>): Promise<void> {
	while ((await db.write(step)) > 0);
}

/** Makes recommendations into counts without anybody's name: scores stay as they are. */
async function forgetVotes(tx: Tx, accountId: string): Promise<number> {
	const some = await tx
		.select({ id: votes.commentId })
		.from(votes)
		.where(eq(votes.accountId, accountId))
		.orderBy(asc(votes.commentId))
		.limit(AT_ONCE);
	if (some.length === 0) return 0;
	const ids = some.map(({ id }) => id);
	const { id, importedScore } = comments;
	const locking = tx.select({ id }).from(comments).where(inArray(id, ids)).orderBy(asc(id));
	await forUpdate(locking);
	const gone = await tx
		.delete(votes)
		.where(and(eq(votes.accountId, accountId), inArray(votes.commentId, ids)))
		.returning({ id: votes.commentId });
	const counted = gone.map((vote) => vote.id);
	await tx
		.update(comments)
		.set({ importedScore: sql`${importedScore} + 1` })
		.where(inArray(id, counted));
	return some.length;
}

async function forgetNotifications(tx: Tx, accountId: string): Promise<number> {
	const some = tx
		.select({ id: notifications.id })
		.from(notifications)
		.where(eq(notifications.accountId, accountId))
		.limit(AT_ONCE);
	const gone = await tx
		.delete(notifications)
		.where(inArray(notifications.id, some))
		.returning({ id: notifications.id });
	return gone.length;
}

async function forgetFollows(tx: Tx, accountId: string): Promise<number> {
	const { accountId: owner, articleId } = follows;
	const some = await tx
		.selectDistinct({ articleId })
		.from(follows)
		.where(eq(owner, accountId))
		.limit(AT_ONCE);
	const ids = some.map((row) => row.articleId);
	await tx.delete(follows).where(and(eq(owner, accountId), inArray(articleId, ids)));
	return ids.length;
}

/** Whom it muted, and who muted it. */
async function forgetMutes(tx: Tx, accountId: string): Promise<number> {
	const { accountId: owner, mutedId } = mutes;
	const some = await tx
		.select({ owner, mutedId })
		.from(mutes)
		.where(or(eq(owner, accountId), eq(mutedId, accountId)))
		.limit(AT_ONCE);
	const pairs = some.map((row) => and(eq(owner, row.owner), eq(mutedId, row.mutedId)));
	if (pairs.length > 0) await tx.delete(mutes).where(or(...pairs));
	return some.length;
}

/** Deletes what an account may have very much of, in transactions of bounded size. */
export async function forget(db: Database, accountId: string): Promise<void> {
	for (const step of [forgetVotes, forgetNotifications, forgetFollows, forgetMutes]) {
		await untilNone(db, (tx) => step(tx, accountId));
	}
}

/** Takes every comment of an account away, as if its author had deleted each; so many at once. */
export async function withdrawComments(db: Database, accountId: string): Promise<void> {
	for (let after = ''; ;) {
		const { id, articleId, authorId, status } = comments;
		const some = await db.read
			.select({ id, articleId, authorId })
			.from(comments)
			.where(and(eq(authorId, accountId), gt(id, after), inArray(status, ['published', 'pending'])))
			.orderBy(asc(id))
			.limit(COMMENTS_AT_ONCE);
		await Promise.all(some.map((comment) => db.write((tx) => removals.withdraw(tx, comment))));
		const last = some.at(-1);
		if (!last) return;
		after = last.id;
	}
}
