import type { Actor } from '#lib/server/actor.ts';
import { readWithText, type CommentWithText } from '#lib/server/comments/texts.ts';
import type { Database } from '#lib/server/database/database.ts';
import { html } from './html.ts';
import { asPerson } from './people.ts';
import type { Shape } from './schemas.ts';

/** The address of a comment in the API. */
export function addressOf(id: string): string {
	return `/api/v1/comments/${id}`;
}

/** A comment as the API answers it. @param origin what its addresses begin with */
export function asComment(origin: string, { view, text }: CommentWithText): Shape<'Comment'> {
	const { author } = view;
	return {
		id: view.id,
		url: origin + view.url,
		article: view.article.slug,
		parent: view.parentId,
		root: view.rootId,
		depth: view.depth,
		author: author && asPerson(origin, author),
		body: text && text.body,
		html: text && html(view.blocks ?? []),
		status: view.status,
		removed_for: view.ground,
		folded: view.folded,
		score: view.score,
		quoted_by: view.quotedBy,
		by_author: view.byAuthor,
		picked: view.picked,
		created_at: view.createdAt.toISOString(),
		edited_at: view.editedAt?.toISOString() ?? null,
		quotes: (text?.quotes ?? []).map((quote) => ({
			text: quote.text,
			match: quote.match,
			said_by: quote.saidBy,
			source: quote.source && { ...quote.source, url: origin + quote.source.url }
		}))
	};
}

/** Reads a comment for an answer. @throws {Refusal} 404 when the actor may not know of it */
export async function show(
	db: Database,
	actor: Actor,
	origin: string,
	id: string
): Promise<Shape<'Comment'>> {
	return asComment(origin, await readWithText(db, actor, id));
}
