import { isDeepStrictEqual } from 'node:util';
import type { CommonPage } from '../comments/threads.ts';
import type { CommentView } from '../comments/view.ts';

/** What all comments of a page say of their article, but the revision, which no page shows with a comment. */
function articleOf({ article: { id, slug, title } }: CommonPage): string[] {
	return [id, slug, title];
}

function isSame(view: CommentView, before: CommentView): boolean {
	for (const key in view) {
		const name = key as keyof CommentView;
		if (name === 'article' || view[name] === before[name]) continue;
		if (!isDeepStrictEqual(view[name], before[name])) return false;
	}
	return true;
}

/** The ids of the comments of a page that are in all that can be shown what they were before. */
export function sameComments(page: CommonPage, before: CommonPage): Set<string> {
	const ids = new Set<string>();
	if (!isDeepStrictEqual(articleOf(page), articleOf(before))) return ids;
	const old = new Map(before.comments.map(({ view }) => [view.id, view]));
	for (const { view } of page.comments) {
		const then = old.get(view.id);
		if (then && isSame(view, then)) ids.add(view.id);
	}
	return ids;
}
