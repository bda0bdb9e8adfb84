import { eq } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { appeals, statements } from '../../database/schema.ts';
import { newId } from '../../ids.ts';
import * as limits from '../../limits/limits.ts';
import { conflict, invalid, notFound } from '../../refusal.ts';
import { normaliseText } from '../../text/normalise.ts';
import * as reading from '../statement-reading.ts';

// Room to tell one's side; a moderator reads all of it.
const WORDS_LENGTH = 5000;

function readAppeal(text: string): string {
	const words = normaliseText(text).trim();
	if (words === '') throw invalid('empty', 'Say why you object.', 'words');
	if (words.length <= WORDS_LENGTH) return words;
	throw invalid('too-long', `An objection has at most ${WORDS_LENGTH} characters.`, 'words');
}

/**
 * Objects to a restriction of the actor's, once; those who are suspended or banned may.
 * @throws {Refusal} 401, 404 for any but one's own statement, 409 when one objected before or it does
 * not hold any more, 422 for words that cannot be, 429.
 */
export async function appeal(
	db: Database,
	actor: Actor,
	input: { statementId: string; words: string }
): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	const statement = await reading.read(db, actor, input.statementId);
	if (!statement.mine) throw notFound('statement');
	const words = readAppeal(input.words);
	const { id: statementId } = statement;
	await db.write(async (tx) => {
		await limits.take(tx, limits.appeal, actor);
		await forUpdate(
			tx.select({ id: statements.id }).from(statements).where(eq(statements.id, statementId))
		);
		const [row] = await reading.selectStatements(tx).where(eq(statements.id, statementId));
		const { appeal: before, holds } = reading.viewOf(row);
		if (before) throw conflict('appealed', 'You have objected to this before.');
		if (!holds) throw conflict('over', 'This does not hold any more.');
		await tx
			.insert(appeals)
			.values({ id: newId(), statementId, accountId, words, createdAt: now() });
	});
}
