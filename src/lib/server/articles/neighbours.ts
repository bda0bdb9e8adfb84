import { and, asc, desc, eq, gt, isNotNull, lt, or } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { articles } from '../database/schema.ts';

/** A story beside another one. */
export interface Neighbour {
	url: string;
	title: string;
}

const columns = { slug: articles.slug, title: articles.title };

function asNeighbour(row: { slug: string; title: string } | undefined): Neighbour | null {
	return row ? { url: `/articles/${row.slug}`, title: row.title } : null;
}

/** The stories published just before and just after an article; none for a draft. */
export async function neighbours(
	db: Read,
	{ id, publishedAt: at }: { id: string; publishedAt: Date | null }
): Promise<{ previous: Neighbour | null; next: Neighbour | null }> {
	if (at === null) return { previous: null, next: null };
	const published = isNotNull(articles.publishedAt);
	const same = eq(articles.publishedAt, at);
	const [[earlier], [later]] = await Promise.all([
		db
			.select(columns)
			.from(articles)
			.where(and(published, or(lt(articles.publishedAt, at), and(same, lt(articles.id, id)))))
			.orderBy(desc(articles.publishedAt), desc(articles.id))
			.limit(1),
		db
			.select(columns)
			.from(articles)
			.where(and(published, or(gt(articles.publishedAt, at), and(same, gt(articles.id, id)))))
			.orderBy(asc(articles.publishedAt), asc(articles.id))
			.limit(1)
	]);
	return { previous: asNeighbour(earlier), next: asNeighbour(later) };
}
