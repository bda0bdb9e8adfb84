import type { Draft } from '#lib/components/draft.ts';
import { ARTICLE, readQuoting, writeQuoting, type Wanted } from '#lib/components/quoting.ts';
import { orNull } from '#lib/http/refusals.ts';
import type { Actor } from '#lib/server/actor.ts';
import * as comments from '#lib/server/comments/comments.ts';
import type { Database } from '#lib/server/database/database.ts';
import { newId } from '#lib/server/ids.ts';
import { articleMarkdown, quoteMarkdown } from '#lib/server/quotes/quoting.ts';

type Target = { id: string; slug: string };

async function markdownOf(
	db: Database,
	actor: Actor,
	article: Target,
	{ source, passage }: Wanted
): Promise<string | null> {
	const quoting =
		source === ARTICLE
			? articleMarkdown(db, actor, article.slug, passage)
			: quoteMarkdown(db, actor, source, passage);
	return quoting.catch(orNull);
}

/**
 * What stands in the composer for an address: the comment that `reply` or the first `quote` names is
 * answered, and each `quote` (a comment's id or `article`; with `passage` after it, only those words)
 * begins the text; a stale link leads to a place to write all the same. Null for a guest.
 */
export async function draftFor(
	db: Database,
	actor: Actor,
	article: Target,
	query: URLSearchParams
): Promise<Draft | null> {
	if (actor.accountId === null) return null;
	const wanted = readQuoting(query);
	const answered = query.get('reply') ?? wanted[0]?.source;
	const parent = answered ? await comments.read(db, actor, answered).catch(orNull) : null;
	const answers = parent?.article.id === article.id && parent.can.reply;
	const found: { quote: Wanted; markdown: string }[] = [];
	for (const quote of wanted) {
		const markdown = await markdownOf(db, actor, article, quote);
		if (markdown !== null) found.push({ quote, markdown });
	}
	return {
		body: found.map(({ markdown }) => markdown).join(''),
		parent: answers ? parent.id : '',
		key: newId(),
		quote: writeQuoting(found.map(({ quote }) => quote)),
		replyingTo: answers ? { name: parent.author?.name ?? 'a reader', url: parent.url } : null
	};
}
