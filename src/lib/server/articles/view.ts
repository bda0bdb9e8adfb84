import type { CommentingView } from '../comments/view.ts';
import type { Correction } from '../problems/corrections.ts';
import type { CommentingState } from './commenting-states.ts';
import type { NoticeColumns } from './notice.ts';

/** An article in a list. */
export interface ArticleSummary {
	id: string;
	slug: string;
	/** `/articles/SLUG` */
	url: string;
	title: string;
	standfirst: string;
	categoryId: string | null;
	category: { slug: string; name: string } | null;
	byline: { slug: string; name: string } | null;
	/** Null for a draft. */
	publishedAt: Date | null;
	/** When its editors changed it last. */
	updatedAt: Date;
	commentCount: number;
	commenting: CommentingState;
	revision: number;
}

/** An article as its page shows it. */
export interface ArticleView extends Omit<ArticleSummary, 'byline' | 'commenting'> {
	bodyHtml: string;
	/** Minutes, rounded up, at `WORDS_A_MINUTE`. */
	readingMinutes: number;
	byline: { slug: string; name: string; role: string; bioHtml: string } | null;
	source: { name: string; url: string };
	image: { url: string; alt: string; credit: string };
	/** The canonical address elsewhere, or ''. */
	canonicalUrl: string;
	version: number;
	commenting: CommentingView;
	/** Newest first. */
	corrections: Correction[];
	/** What stands above the discussion, and whether editors picked any of its comments. */
	discussion: NoticeColumns & { hasPicks: boolean };
	/** Names what stands above the discussion as it is now; see `noticeName`. */
	notice: string;
	/** Names how the article stood as it was read: what open pages are told of is what changed since; see `Moment`. */
	moment: string;
	previous: { url: string; title: string } | null;
	next: { url: string; title: string } | null;
}
