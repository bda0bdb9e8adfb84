import { eq } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { conflict } from '../refusal.ts';
import * as claims from './claims.ts';
import type { Decision } from './decide.ts';
import { forDeciding, lock, subjectOf, undoing } from './deciding.ts';
import { record } from './log.ts';
import { readWords } from './reason.ts';

/**
 * Says that a published comment was looked at, and leaves it as it is.
 * @throws {Refusal} as `remove`, but needs no reason, and 409 when somebody looked at it before.
 */
export async function review(db: Database, actor: Actor, input: Decision): Promise<void> {
	const comment = await forDeciding(db, actor, input.id);
	const reason = readWords(input.reason);
	await db.write(async (tx) => {
		const { status, unreviewed } = await lock(tx, comment);
		if (status !== 'published' || !unreviewed) {
			throw conflict('decided', 'Somebody was quicker: this comment was looked at.');
		}
		await tx.update(comments).set({ unreviewed: false }).where(eq(comments.id, comment.id));
		const subject = subjectOf(comment);
		const details = undoing({ settled: null, placed: false, unreviewed });
		const actionId = await record(tx, actor, { kind: 'comment.review', subject, reason, details });
		await claims.settle(tx, actor, { commentId: comment.id, actionId });
	});
}
