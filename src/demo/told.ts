import type { NotificationKind } from '../lib/server/notifications/kinds.ts';
import { demo } from './content.ts';
import type { DemoArticle, DemoComment } from './types.ts';

/** Who is told of a comment, and why: one reason each, the strongest. */
export type Told = Map<string, NotificationKind>;

const QUOTED = /\]\(\/c\/([a-z0-9-]+)\)/g;

function authorOf(article: DemoArticle, key: string | undefined): string[] {
	return article.comments.filter((comment) => comment.key === key).map((comment) => comment.by);
}

/** Whom the software would have told of a comment of the demo. */
export function toldOf(article: DemoArticle, comment: DemoComment): Told {
	if ((comment.status ?? 'published') !== 'published') return new Map();
	const told: Told = new Map();
	for (const { person, article: slug, minutesAfter } of demo.follows) {
		if (slug === article.slug && minutesAfter < comment.minutesAfter) told.set(person, 'followed');
	}
	for (const person of authorOf(article, comment.replyTo)) told.set(person, 'reply');
	for (const [, key] of comment.body.matchAll(QUOTED)) {
		for (const person of authorOf(article, key)) told.set(person, 'quoted');
	}
	told.delete(comment.by);
	return told;
}
