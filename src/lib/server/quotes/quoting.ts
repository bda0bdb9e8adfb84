import type { Actor } from '../actor.ts';
import { readable } from '../comments/access.ts';
import type { Database } from '../database/database.ts';
import { forbidden } from '../refusal.ts';
import { COMMENT_MAX } from '../text/caps.ts';
import { escapeMarkdown } from '../text/escape.ts';
import { normaliseText } from '../text/normalise.ts';
import { writeAttribution } from './attribution.ts';
import { asBlockquote, load, markdown } from './join.ts';

/**
 * The Markdown that quotes a comment: a blockquote whose first line is `[NAME said,](/c/ID)`.
 * @param passage the words to quote, as they were selected on the page, without any mark; without them the whole comment, with what it quotes.
 * @throws {Refusal} 404 when the actor may not read the comment, 403 when it has no words to quote.
 */
export async function quoteMarkdown(
	db: Database,
	actor: Actor,
	commentId: string,
	passage?: string
): Promise<string> {
	const comment = await readable(db.read, actor, commentId);
	if (comment.status !== 'published') throw forbidden('This comment cannot be quoted.');
	const selected = escapeMarkdown(
		normaliseText(passage ?? '')
			.trim()
			.slice(0, COMMENT_MAX)
	);
	const words = selected || markdown(comment.body, await load(db.read, [commentId]));
	const attribution = writeAttribution(comment.authorName, `/c/${commentId}`);
	return `${asBlockquote(`${attribution}\n${words}`)}\n\n`;
}
