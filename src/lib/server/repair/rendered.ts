import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import { renderBody } from '../articles/accepted.ts';
import type { Database } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles } from '../database/schema.ts';
import { ARTICLE_RENDERER_VERSION } from '../text/render.ts';
import { noteMended, type Recount } from './mending.ts';

// Articles may be long.
const AT_ONCE = 50;

async function mend(db: Database, recount: Recount, id: string): Promise<void> {
	const mended = await db.write(async (tx) => {
		const [row] = await forUpdate(
			tx
				.select({ body: articles.body, was: articles.rendererVersion })
				.from(articles)
				.where(eq(articles.id, id))
		);
		if (row.was >= ARTICLE_RENDERER_VERSION) return [];
		await tx
			.update(articles)
			.set({ ...renderBody(row.body), revision: sql`${articles.revision} + 1` })
			.where(eq(articles.id, id));
		return [{ what: 'rendering' as const, id, was: row.was, is: ARTICLE_RENDERER_VERSION }];
	});
	noteMended(recount, mended);
}

/** Renders the articles again that an older renderer rendered. */
export async function renderArticles(db: Database, recount: Recount): Promise<void> {
	let last = '';
	for (;;) {
		const rows = await db.read
			.select({ id: articles.id })
			.from(articles)
			.where(and(gt(articles.id, last), lt(articles.rendererVersion, ARTICLE_RENDERER_VERSION)))
			.orderBy(asc(articles.id))
			.limit(AT_ONCE);
		if (rows.length === 0) return;
		for (const { id } of rows) await mend(db, recount, id);
		last = rows[rows.length - 1].id;
	}
}
