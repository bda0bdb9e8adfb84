import { asc, desc, sql } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles } from '../database/schema.ts';

/** A story beside another one. */
export interface Neighbour {
	url: string;
	title: string;
}

const columns = { slug: articles.slug, title: articles.title };

// Compared as a pair, so that it is one range of the index; drafts have no time, and compare with none.
const here = sql`(${sql.param(sql.placeholder('at'), articles.publishedAt)}, ${sql.placeholder('id')})`;
const place = sql`(${articles.publishedAt}, ${articles.id})`;

const before = prepared((db: Read) =>
	db
		.select(columns)
		.from(articles)
		.where(sql`${place} < ${here}`)
		.orderBy(desc(articles.publishedAt), desc(articles.id))
		.limit(1)
		.prepare('story_before')
);
const after = prepared((db: Read) =>
	db
		.select(columns)
		.from(articles)
		.where(sql`${place} > ${here}`)
		.orderBy(asc(articles.publishedAt), asc(articles.id))
		.limit(1)
		.prepare('story_after')
);

function asNeighbour(row: { slug: string; title: string } | undefined): Neighbour | null {
	return row ? { url: `/articles/${row.slug}`, title: row.title } : null;
}

/** The stories published just before and just after an article; none for a draft. */
export async function neighbours(
	db: Read,
	{ id, publishedAt: at }: { id: string; publishedAt: Date | null }
): Promise<{ previous: Neighbour | null; next: Neighbour | null }> {
	if (at === null) return { previous: null, next: null };
	const [[earlier], [later]] = await Promise.all([
		before(db).execute({ at, id }),
		after(db).execute({ at, id })
	]);
	return { previous: asNeighbour(earlier), next: asNeighbour(later) };
}
