import type { ArticleView } from '#lib/server/articles/view.ts';
import type {
	BlockView,
	CommentView,
	DiscussionView,
	PersonView
} from '#lib/server/comments/view.ts';
import type { Correction } from '#lib/server/problems/corrections.ts';

type Thing = { '@type': string } & Record<string, unknown>;

// Enough to know a comment by; the whole of it stands on the page.
const TEXT_LENGTH = 300;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

// Most spaces are single ones, and stay as they are.
const UNEVEN_SPACE = /\s{2,}|[^\S ]/g;

/** The text of HTML that our own sanitizer wrote. */
function textOf(html: string): string {
	return html
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => ENTITIES[name])
		.replace(UNEVEN_SPACE, ' ')
		.trim();
}

/** What the writer said; what is quoted stands with those who said it. */
function ownText(blocks: BlockView[]): string {
	const text = blocks.map((block) => ('html' in block ? textOf(block.html) : '')).join(' ');
	return text.trim().slice(0, TEXT_LENGTH);
}

function person({ name, url }: PersonView, origin: string): Thing {
	return { '@type': 'Person', name, ...(url === null ? {} : { url: origin + url }) };
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
				...(view.author ? { author: person(view.author, origin) } : {}),
				dateCreated: view.createdAt,
				...(view.editedAt ? { dateModified: view.editedAt } : {}),
				text: ownText(view.blocks ?? []),
				upvoteCount: view.score,
				...(replies.length > 0 ? { comment: replies } : {})
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
