import { inArray } from 'drizzle-orm';
import { chunks } from '../../chunks.ts';
import type { Segment } from '../../comments/body.ts';
import { commentRevisions, comments, quotes } from '../../database/schema.ts';
import { flush, type Batch } from '../batch.ts';
import type { RecordOf } from '../records.ts';
import { note } from '../report.ts';
import { restoredBody } from './comment-texts.ts';
import { referenced } from './support.ts';

type Fields = RecordOf<'quote'>;

const NO_SOURCE = { sourceCommentId: null, sourceArticleId: null, sourceRevision: null };

/** Where the words stand; a file that is part of an export may not have that. */
async function sourceOf(batch: Batch, fields: Fields) {
	const { source_comment: comment, source_article: article, match } = fields;
	if (!comment && !article) return { ...NO_SOURCE, match };
	const sourceCommentId = comment ? await batch.known.get('comment', comment) : null;
	const sourceArticleId = article ? await batch.known.get('article', article) : null;
	if (sourceCommentId === null && sourceArticleId === null) {
		return { ...NO_SOURCE, match: 'unresolved' as const };
	}
	return {
		sourceCommentId,
		sourceArticleId,
		sourceRevision: fields.source_revision ?? null,
		match
	};
}

/** Gathers a quote of our own export. */
export async function importQuote(batch: Batch, line: number, fields: Fields): Promise<void> {
	const commentId = await referenced(batch, 'comment', 'comment', fields.comment);
	const source = await sourceOf(batch, fields);
	if (source.match !== fields.match) note(batch.report, line, 'what it quotes is not there');
	batch.restoredQuotes.push({
		id: fields.id,
		commentId,
		outerId: fields.outer ?? null,
		...source,
		saidBy: fields.said_by,
		passage: fields.passage ?? null,
		standing: fields.standing,
		...restoredBody(batch, line, fields.body)
	});
}

type Row = Batch['restoredQuotes'][number];

async function stored(batch: Batch, rows: Row[]): Promise<Set<string>> {
	const ids = rows.map((row) => row.id);
	const there = await batch.tx
		.select({ id: quotes.id })
		.from(quotes)
		.where(inArray(quotes.id, ids));
	return new Set(there.map((row) => row.id));
}

/** The quotes that have a place in the texts that are stored here, or in the quotes around them. */
async function mentioned(batch: Batch, rows: Row[]): Promise<Set<string>> {
	const { tx } = batch;
	const ids = [...new Set(rows.map((row) => row.commentId))];
	const outer = [...new Set(rows.flatMap((row) => row.outerId ?? []))];
	const bodies: { body: Segment[] }[] = [
		...rows,
		...(await tx.select({ body: comments.body }).from(comments).where(inArray(comments.id, ids))),
		...(await tx
			.select({ body: commentRevisions.body })
			.from(commentRevisions)
			.where(inArray(commentRevisions.commentId, ids)))
	];
	if (outer.length > 0) {
		bodies.push(
			...(await tx.select({ body: quotes.body }).from(quotes).where(inArray(quotes.id, outer)))
		);
	}
	const segments = bodies.flatMap(({ body }) => body);
	return new Set(segments.flatMap((segment) => ('quote' in segment ? segment.quote : [])));
}

/** Stores the quotes that were gathered; one of a comment that has other words here is left out. */
export async function storeQuotes(batch: Batch): Promise<void> {
	if (batch.restoredQuotes.length === 0) return;
	await flush(batch);
	for (const rows of chunks(batch.restoredQuotes.splice(0))) {
		const there = await stored(batch, rows);
		const wanted = await mentioned(batch, rows);
		const fresh = rows.filter((row) => !there.has(row.id) && wanted.has(row.id));
		batch.report.unchanged += rows.length - fresh.length;
		for (const { match } of fresh) batch.report.quotes[match]++;
		if (fresh.length === 0) continue;
		batch.touchesSite = true;
		await batch.tx.insert(quotes).values(fresh);
	}
}
