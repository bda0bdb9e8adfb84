import { and, eq } from 'drizzle-orm';
import { within, type Actor } from '../actor.ts';
import * as versions from '../articles/versions.ts';
import { readable } from '../comments/access.ts';
import { isReadable } from '../comments/rules.ts';
import type { QuoteView } from '../comments/view.ts';
import type { Database, Read } from '../database/database.ts';
import { articles, commentRevisions, comments, quotes } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { notFound } from '../refusal.ts';
import { plainText } from '../text/plain.ts';
import { difference, type Difference } from './difference.ts';
import { blocks, load, type QuoteMap } from './join.ts';
import { articleText, ownText } from './sources.ts';

type Row = typeof quotes.$inferSelect;

/** A quote on a page of its own. */
export interface QuoteDetail {
	quote: QuoteView;
	/** The comment that quotes. */
	comment: { url: string; authorName: string };
	article: { id: string; slug: string; title: string; revision: number };
	/** Of an altered quote: how its words differ from the source's; null when that cannot be told. */
	difference: Difference | null;
}

/** A quote is withdrawn with each quote around it. */
function isWithdrawn(row: Row, rows: Map<string, Row>, joined: QuoteMap): boolean {
	for (let at: Row | undefined = row; at; at = at.outerId ? rows.get(at.outerId) : undefined) {
		if (joined.get(at.id)?.withdrawn !== false) return true;
	}
	return false;
}

async function commentWords(db: Read, id: string, revision: number): Promise<string | null> {
	const [present] = await db
		.select({ body: comments.body })
		.from(comments)
		.where(and(eq(comments.id, id), eq(comments.revision, revision)));
	if (present) return plainText(ownText(present.body));
	const [earlier] = await db
		.select({ body: commentRevisions.body })
		.from(commentRevisions)
		.where(and(eq(commentRevisions.commentId, id), eq(commentRevisions.revision, revision)));
	return earlier ? plainText(ownText(earlier.body)) : null;
}

async function articleWords(db: Read, id: string, version: number): Promise<string | null> {
	const [article] = await db.select().from(articles).where(eq(articles.id, id));
	const text = await versions.textOf(db, article, version);
	return text && articleText(text);
}

/** The source's words in the revision that is cited; whether they may be read was asked before. */
async function citedWords(db: Read, row: Row): Promise<string | null> {
	const { sourceCommentId, sourceArticleId, sourceRevision } = row;
	if (sourceRevision === null) return null;
	if (sourceCommentId !== null) return commentWords(db, sourceCommentId, sourceRevision);
	return sourceArticleId && articleWords(db, sourceArticleId, sourceRevision);
}

/**
 * A quote with what differs from its source.
 * @throws {Refusal} 404 when the comment that has it may not be read, or its words are withdrawn.
 */
export async function read(db: Database, actor: Actor, id: string): Promise<QuoteDetail> {
	const [found] = isId(id) ? await db.read.select().from(quotes).where(eq(quotes.id, id)) : [];
	if (!found) throw notFound('quote');
	const comment = await readable(db.read, actor, found.commentId);
	if (!isReadable(within(actor, comment.categoryId), comment)) throw notFound('quote');
	const [joined, all] = await Promise.all([
		load(db.read, [comment.id]),
		db.read.select().from(quotes).where(eq(quotes.commentId, comment.id))
	]);
	const rows = new Map(all.map((row) => [row.id, row]));
	if (isWithdrawn(found, rows, joined)) throw notFound('quote');
	const [view] = blocks([{ quote: id }], joined);
	const cited = found.match === 'altered' ? await citedWords(db.read, found) : null;
	return {
		quote: (view as { quote: QuoteView }).quote,
		comment: { url: `/c/${comment.id}`, authorName: comment.authorName },
		article: {
			id: comment.articleId,
			slug: comment.articleSlug,
			title: comment.articleTitle,
			revision: comment.articleRevision
		},
		difference: cited === null ? null : difference(cited, plainText(ownText(found.body)))
	};
}
