import type { Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import { NUDGE } from '../moderation/screen/outcome.ts';
import { isRefusal } from '../refusal.ts';

/**
 * What writing gives; where it ends in a nudge, that counts as a preview, so that nobody tries the
 * lists of words without end.
 * @throws {Refusal} 429, or as the writing
 */
export async function counted<T>(db: Database, actor: Actor, writing: Promise<T>): Promise<T> {
	try {
		return await writing;
	} catch (thrown) {
		if (isRefusal(thrown) && thrown.code === NUDGE) {
			await db.write((tx) => limits.take(tx, limits.preview, actor));
		}
		throw thrown;
	}
}
