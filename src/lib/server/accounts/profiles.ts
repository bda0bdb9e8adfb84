import { eq, sql } from 'drizzle-orm';
import { requireAccount, type Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { accounts } from '../database/schema.ts';
import * as limits from '../limits/limits.ts';
import { invalid } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';

/** Characters: a paragraph about oneself. */
export const LONGEST_BIO = 500;

/** Sets what the actor says of themselves, in plain text. @throws {Refusal} 401, 422, field `bio`, 429 */
export async function describe(db: Database, actor: Actor, text: string): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	const bio = normaliseText(text).trim();
	if (bio.length > LONGEST_BIO) {
		throw invalid('bio-too-long', `This may have at most ${LONGEST_BIO} characters.`, 'bio');
	}
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		const revision = sql`${accounts.revision} + 1`;
		await tx.update(accounts).set({ bio, revision }).where(eq(accounts.id, accountId));
	});
}
