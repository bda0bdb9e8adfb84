import { eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { articles } from '../database/schema.ts';
import type { ArticleView } from './view.ts';

/** The Markdown of an article that the actor was shown; pages do without it. */
export async function markdown(db: Database, article: Pick<ArticleView, 'id'>): Promise<string> {
	const [row] = await db.read
		.select({ body: articles.body })
		.from(articles)
		.where(eq(articles.id, article.id));
	return row.body;
}
