import { eq } from 'drizzle-orm';
import { articles, comments } from '#lib/server/database/schema.ts';
import { open } from '#lib/server/database/open.ts';
import { idMaker } from '#lib/server/ids.ts';
import { RENDERER_VERSION, renderMarkdown } from '#lib/server/text/render.ts';
import * as site from '#lib/server/site/site.ts';
import { article, emptyDatabase, prose, writers } from './discussion.ts';

const ROWS_AT_ONCE = 1000;
const SECOND = 1000;

/** A discussion that is one thread. */
export interface OneThread {
	/** The database's address. */
	url: string;
	/** The article's slug. */
	slug: string;
	root: string;
	/** Its last reply. */
	last: string;
}

/**
 * Makes a database with an article whose discussion is one thread of so many replies, all to the root
 * or each to the one before. Stored at once: posting them would take hours.
 */
export async function oneThread(replies: number, shape: 'wide' | 'deep'): Promise<OneThread> {
	const url = await emptyDatabase();
	const db = await open(url);
	await site.ensure(db);
	const people = await writers(db);
	const slug = await article(db, `A thread of ${replies}`);
	const [{ id: articleId }] = await db.read.select({ id: articles.id }).from(articles);
	const idAt = idMaker();
	const start = Date.now() - (replies + 1) * SECOND;
	const ids = Array.from({ length: replies + 1 }, (_, n) => idAt(new Date(start + n * SECOND)));
	const row = (n: number): typeof comments.$inferInsert => ({
		id: ids[n],
		articleId,
		rootId: ids[0],
		parentId: n === 0 ? null : shape === 'wide' ? ids[0] : ids[n - 1],
		depth: shape === 'wide' ? Math.min(n, 1) : n,
		listedIn: n === 0 ? articleId : null,
		replySeq: n === 0 ? null : n,
		replyCount: n === 0 ? replies : 0,
		authorId: people[n % people.length].accountId,
		body: [{ text: prose(n) }],
		blocks: [{ html: renderMarkdown(prose(n), { kind: 'comment' }) }],
		rendererVersion: RENDERER_VERSION,
		status: 'published',
		createdAt: new Date(start + n * SECOND)
	});
	for (let from = 0; from <= replies; from += ROWS_AT_ONCE) {
		const most = Math.min(ROWS_AT_ONCE, replies + 1 - from);
		const rows = Array.from({ length: most }, (_, n) => row(from + n));
		await db.write(async (tx) => void (await tx.insert(comments).values(rows)));
	}
	await db.write(async (tx) => {
		await tx
			.update(articles)
			.set({ commentCount: replies + 1 })
			.where(eq(articles.id, articleId));
	});
	await db.close();
	return { url, slug, root: ids[0], last: ids[replies] };
}
