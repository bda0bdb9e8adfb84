import { requireAccount, type Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import * as joined from '../quotes/join.ts';
import { preview as previewQuotes } from '../quotes/preview.ts';
import { turnFor } from '../turns.ts';
import { openArticle, type PostInput } from './posting.ts';
import type { BlockView } from './view.ts';
import { assertNotBarred } from './rules.ts';
import { accept, composeAccepted } from './written.ts';

/**
 * A body as it would be shown once posted.
 * @throws {Refusal} as `post` does, but for the parent.
 */
export async function preview(
	db: Database,
	actor: Actor,
	input: Pick<PostInput, 'article' | 'body'>
): Promise<BlockView[]> {
	requireAccount(actor);
	assertNotBarred(actor);
	const article = await openArticle(db, actor, input.article);
	await db.write((tx) => limits.take(tx, limits.preview, actor));
	await turnFor(input.body, limits.keyOf(limits.preview, actor));
	const accepted = accept(input.body);
	const context = { articleId: article.id, before: null };
	const composed = await composeAccepted(db.read, context, accepted);
	return joined.blocks(composed.blocks, await previewQuotes(db.read, composed.quotes));
}
