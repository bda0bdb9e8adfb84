import type { ArticleView } from '#lib/server/articles/view.ts';
import type {
	BlockView,
	CommentView,
	DiscussionView,
	PersonView
} from '#lib/server/comments/view.ts';
import type { Correction } from '#lib/server/problems/corrections.ts';
import { startOf } from './plain.ts';
import { iso } from './times.ts';

/** What is undefined of it is left out. */
type Thing = { '@type': string } & Record<string, unknown>;

// Enough to know a comment by; the whole of it stands on the page.
const TEXT_LENGTH = 300;

/** What the writer said; what is quoted stands with those who said it. */
function ownText(blocks: BlockView[]): string {
	const text = (block: BlockView) => ('html' in block ? startOf(block.html, TEXT_LENGTH) : '');
	return blocks.map(text).join(' ').trim().slice(0, TEXT_LENGTH);
}

function person({ name, url }: PersonView, origin: string): Thing {
	return { '@type': 'Person', name, url: url === null ? undefined : origin + url };
}

function correction({ note, at }: Correction): Thing {
	return { '@type': 'CorrectionComment', text: note, datePublished: at };
}

/** The id of the nearest published comment that a comment hangs on; '' for none on the page. */
function holderOf(view: CommentView, byId: Map<string, CommentView>): string {
	for (let at = view.parentId; at !== null;) {
		const above = byId.get(at) ?? byId.get(view.rootId)!;
		if (above.status === 'published') return above.id;
		at = above.parentId;
	}
	return '';
}

/** The published comments of a page, each reply within the one that it hangs on. */
function commentsOf({ threads }: DiscussionView, origin: string): Thing[] {
	const all = threads.flatMap(({ root, replies }) => [root, ...replies]);
	const byId = new Map(all.map((view) => [view.id, view]));
	const published = all.filter((view) => view.status === 'published');
	const held = Map.groupBy(published, (view) => holderOf(view, byId));
	const within = (holder: string): Thing[] =>
		(held.get(holder) ?? []).map((view) => {
			const replies = within(view.id);
			return {
				'@type': 'Comment',
				'@id': origin + view.url,
				url: origin + view.url,
				author: view.author ? person(view.author, origin) : undefined,
				// As text: written out of a `Date` they take twice as long.
				dateCreated: iso(view.createdAt),
				dateModified: view.editedAt ? iso(view.editedAt) : undefined,
				text: ownText(view.blocks ?? []),
				upvoteCount: view.score,
				comment: replies.length > 0 ? replies : undefined
			};
		});
	return within('');
}

/**
 * An article with the published comments of its page as schema.org's `NewsArticle`.
 * @param site the newsroom's name, and its origin or '' where that is not settled: addresses are then
 * relative to the page.
 */
export function newsArticle(
	article: ArticleView,
	discussion: DiscussionView,
	site: { name: string; origin: string }
): Thing {
	const { byline, image, category, corrections } = article;
	const { origin } = site;
	const url = article.canonicalUrl || origin + article.url;
	return {
		'@context': 'https://schema.org',
		'@type': 'NewsArticle',
		headline: article.title,
		...(article.standfirst ? { description: article.standfirst } : {}),
		url,
		mainEntityOfPage: url,
		...(article.publishedAt ? { datePublished: article.publishedAt } : {}),
		dateModified: article.updatedAt,
		...(byline
			? {
					author: { '@type': 'Person', name: byline.name, url: `${origin}/bylines/${byline.slug}` }
				}
			: {}),
		...(image.url ? { image: image.url } : {}),
		...(category ? { articleSection: category.name } : {}),
		...(corrections.length > 0 ? { correction: corrections.map(correction) } : {}),
		publisher: { '@type': 'Organization', name: site.name },
		commentCount: article.commentCount,
		discussionUrl: `${origin}${article.url}#comments`,
		comment: commentsOf(discussion, origin)
	};
}

/** A thing as the element that carries it; no text in it can end the element. */
export function structuredData(thing: Thing): string {
	const json = JSON.stringify(thing).replace(/</g, '\\u003c');
	return `<script type="application/ld+json">${json}</script>`;
}
