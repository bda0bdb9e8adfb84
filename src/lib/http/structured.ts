import { newsArticle, structuredData } from '#lib/format/structured-data.ts';
import type { ArticleView } from '#lib/server/articles/view.ts';
import type { DiscussionView } from '#lib/server/comments/view.ts';
import { config } from '#lib/server/config.ts';
import type { Fragments } from '#lib/server/readings/fragments.ts';
import { bytesOf, type Pieces } from './pieces.ts';

const KEY = 'structured data';

/**
 * The structured data of an article's page, as HTML or a mark of `pieces` where it is kept in
 * `fragments`; nothing for who is signed in: search engines are not.
 */
export function structured(
	{ fragments, pieces }: { fragments: Fragments | null; pieces: Pieces },
	{ article, discussion }: { article: ArticleView; discussion: DiscussionView },
	{ actor, siteName }: Pick<App.Locals, 'actor' | 'siteName'>
): string {
	if (actor.accountId !== null) return '';
	const kept = fragments?.get(KEY);
	if (kept) return pieces.mark(kept);
	const site = { name: siteName, origin: config().origin ?? '' };
	const html = structuredData(newsArticle(article, discussion, site));
	if (!fragments) return html;
	const piece = bytesOf(html);
	fragments.add([[KEY, piece]]);
	return pieces.mark(piece);
}
