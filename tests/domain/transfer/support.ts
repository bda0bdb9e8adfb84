import { asc, eq } from 'drizzle-orm';
import type { Database } from '#lib/server/database/database.ts';
import { articles, comments } from '#lib/server/database/schema.ts';
import { importFiles, type ImportOptions } from '#lib/server/transfer/import.ts';
import type { Report } from '#lib/server/transfer/report.ts';
import { fileOf, pathFor } from '../support/files.ts';

/** A record, or a line that is none. */
export type Line = object | string;

export { fileOf, pathFor };

/** Imports lines as one file. */
export function importOf(
	db: Database,
	lines: Line[],
	options: ImportOptions = {}
): Promise<Report> {
	return importFiles(db, [fileOf(lines)], options);
}

/** An article for comments to stand under. */
export function article(id = 'pier', more: object = {}): object {
	return { type: 'article', id, title: 'The pier is closed', body: 'It will open again.', ...more };
}

/** A comment; its body says its id unless it is given. */
export function comment(id: string, more: object = {}): object {
	return { type: 'comment', id, article: 'pier', body: `This is ${id}.`, ...more };
}

/** What is shown of an article's comments, in the order of their ids. */
export async function stored(db: Database, slug = 'pier') {
	return db.read
		.select({
			id: comments.id,
			body: comments.body,
			blocks: comments.blocks,
			parentId: comments.parentId,
			rootId: comments.rootId,
			depth: comments.depth,
			listedIn: comments.listedIn,
			replySeq: comments.replySeq,
			replyCount: comments.replyCount,
			status: comments.status,
			score: comments.score,
			revision: comments.revision,
			guestName: comments.guestName,
			authorId: comments.authorId,
			createdAt: comments.createdAt,
			editedAt: comments.editedAt
		})
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(eq(articles.slug, slug))
		.orderBy(asc(comments.id));
}

/** A stored comment. */
export type Stored = Awaited<ReturnType<typeof stored>>[number];

/** The comment's own words. */
export function words({ body }: Pick<Stored, 'body'>): string {
	return body.map((segment) => ('text' in segment ? segment.text : '[quote]')).join('\n');
}

/** The discussion as a tree of words, in the order in which it is read: two spaces a level. */
export async function outline(db: Database, slug = 'pier'): Promise<string[]> {
	const rows = await stored(db, slug);
	const roots = rows.filter((row) => row.parentId === null);
	return roots.flatMap((root) => [
		words(root),
		...rows
			.filter((row) => row.rootId === root.id && row.id !== root.id)
			.sort((a, b) => (a.replySeq ?? 0) - (b.replySeq ?? 0))
			.map((row) => '  '.repeat(row.depth) + words(row))
	]);
}
