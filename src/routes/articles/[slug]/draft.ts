import type { Draft } from '#lib/components/draft.ts';
import { orNull } from '#lib/http/refusals.ts';
import type { Actor } from '#lib/server/actor.ts';
import * as comments from '#lib/server/comments/comments.ts';
import type { Database } from '#lib/server/database/database.ts';
import { newId } from '#lib/server/ids.ts';
import { quoteMarkdown } from '#lib/server/quotes/quoting.ts';

/**
 * What stands in the composer for an address: the comment that `reply` or `quote` names is answered,
 * and `quote` (with `passage`, only those words) begins the text; a stale link leads to a place to
 * write all the same. Null for a guest.
 */
export async function draftFor(
	db: Database,
	actor: Actor,
	articleId: string,
	query: URLSearchParams
): Promise<Draft | null> {
	if (actor.accountId === null) return null;
	const quote = query.get('quote') ?? '';
	const wanted = query.get('reply') ?? quote;
	const parent = wanted ? await comments.read(db, actor, wanted).catch(orNull) : null;
	const answers = parent?.article.id === articleId && parent.can.reply;
	const passage = query.get('passage') ?? undefined;
	const body = quote ? await quoteMarkdown(db, actor, quote, passage).catch(orNull) : null;
	return {
		body: body ?? '',
		parent: answers ? parent.id : '',
		key: newId(),
		quote: body === null ? '' : quote,
		replyingTo: answers ? { name: parent.author?.name ?? 'a reader', url: parent.url } : null
	};
}
