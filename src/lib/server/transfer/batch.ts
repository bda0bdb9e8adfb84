import { eq, inArray, sql } from 'drizzle-orm';
import { chunks } from '../chunks.ts';
import type { Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import {
	accounts,
	articles,
	commentRevisions,
	comments,
	origins,
	quotes,
	votes
} from '../database/schema.ts';
import * as site from '../site/site.ts';
import { openKnown, type Known, type Source } from './known.ts';
import { emptyReport, type Report } from './report.ts';
import type { Scratch } from './scratch.ts';

/** Where a comment stands, as far as its replies ask. */
export interface Standing {
	articleId: string;
	rootId: string;
	depth: number;
	/** Whether it has a place in its discussion: not while it waits, nor when it was rejected. */
	placed: boolean;
}

/** A comment that is about to be stored. */
export interface NewComment {
	row: typeof comments.$inferInsert;
	placed: boolean;
}

/** Some hundred records, imported in one transaction. */
export interface Batch {
	tx: Tx;
	source: Source;
	scratch: Scratch;
	known: Known;
	/** What this batch made. */
	report: Report;
	/** The time of the import. */
	at: Date;
	/** Makes ids that keep the order of time and of the file. */
	idAt: (at: Date) => string;
	/** Whether the first bad line ends the import. */
	strict: boolean;
	/** Whether the site itself is restored by this import. */
	freshSite: boolean;
	standings: Map<string, Standing>;
	comments: NewComment[];
	revisions: (typeof commentRevisions.$inferInsert)[];
	quotes: (typeof quotes.$inferInsert)[];
	/** Quotes of our own export, to be looked at together. */
	restoredQuotes: (typeof quotes.$inferInsert)[];
	votes: (typeof votes.$inferInsert)[];
	/** Articles that changed, and by how many published comments. */
	touchedArticles: Map<string, number>;
	touchedAccounts: Set<string>;
	touchesSite: boolean;
}

/** Begins a batch in a transaction. */
export function openBatch(
	tx: Tx,
	input: Pick<Batch, 'source' | 'scratch' | 'at' | 'idAt' | 'strict' | 'freshSite'>
): Batch {
	return {
		...input,
		tx,
		known: openKnown(tx, input.source),
		report: emptyReport(),
		standings: new Map(),
		comments: [],
		revisions: [],
		quotes: [],
		restoredQuotes: [],
		votes: [],
		touchedArticles: new Map(),
		touchedAccounts: new Set(),
		touchesSite: false
	};
}

/** Learns where comments stand, by our ids. */
export async function loadStandings(batch: Batch, ids: Iterable<string>): Promise<void> {
	const unknown = [...new Set(ids)].filter((id) => !batch.standings.has(id));
	for (const part of chunks(unknown)) {
		const rows = await batch.tx
			.select({
				id: comments.id,
				articleId: comments.articleId,
				rootId: comments.rootId,
				depth: comments.depth,
				listedIn: comments.listedIn,
				replySeq: comments.replySeq
			})
			.from(comments)
			.where(inArray(comments.id, part));
		for (const { id, listedIn, replySeq, ...row } of rows) {
			batch.standings.set(id, { ...row, placed: listedIn !== null || replySeq !== null });
		}
	}
}

/** Where a comment stands that is stored or about to be. */
export async function standingOf(batch: Batch, id: string): Promise<Standing> {
	if (!batch.standings.has(id)) await loadStandings(batch, [id]);
	return batch.standings.get(id)!;
}

/**
 * Locks the articles that the batch writes to, before anything under them: like whoever posts, so that
 * no two wait for each other.
 */
export async function lockArticles(batch: Batch, ids: Iterable<string>): Promise<void> {
	const sorted = [...new Set(ids)].sort();
	for (const part of chunks(sorted)) {
		await forUpdate(
			batch.tx
				.select({ id: articles.id })
				.from(articles)
				.where(inArray(articles.id, part))
				.orderBy(articles.id)
		);
	}
}

/** Gives the replies among new comments their numbers, and their roots the new number of replies. */
async function numberReplies(batch: Batch): Promise<void> {
	const inBatch = new Map(batch.comments.map(({ row }) => [row.id, row]));
	const replies = batch.comments.filter(({ row, placed }) => placed && row.parentId);
	for (const [rootId, group] of Map.groupBy(replies, ({ row }) => row.rootId)) {
		const root = inBatch.get(rootId);
		let before = root?.replyCount ?? 0;
		if (root) root.replyCount = before + group.length;
		else {
			const [stored] = await batch.tx
				.update(comments)
				.set({ replyCount: sql`${comments.replyCount} + ${group.length}` })
				.where(eq(comments.id, rootId))
				.returning({ count: comments.replyCount });
			before = stored.count - group.length;
		}
		for (const { row } of group) row.replySeq = ++before;
	}
}

async function storeVotes(batch: Batch): Promise<void> {
	const score = new Map<string, number>();
	for (const part of chunks(batch.votes.splice(0))) {
		const made = await batch.tx
			.insert(votes)
			.values(part)
			.onConflictDoNothing()
			.returning({ id: votes.commentId });
		batch.report.unchanged += part.length - made.length;
		for (const { id } of made) score.set(id, (score.get(id) ?? 0) + 1);
	}
	for (const [id, more] of [...score].sort()) {
		await batch.tx
			.update(comments)
			.set({ score: sql`${comments.score} + ${more}` })
			.where(eq(comments.id, id));
		const { articleId } = await standingOf(batch, id);
		touchArticle(batch, articleId);
	}
}

/** Stores what was gathered, so that queries of this transaction find it. */
export async function flush(batch: Batch): Promise<void> {
	const { tx } = batch;
	await numberReplies(batch);
	const rows = batch.comments.splice(0).map(({ row }) => row);
	for (const part of chunks(rows)) await tx.insert(comments).values(part);
	for (const part of chunks(batch.revisions.splice(0))) {
		await tx.insert(commentRevisions).values(part);
	}
	// What they quote says so, on whatever article it stands.
	if (batch.quotes.length > 0) batch.touchesSite = true;
	for (const part of chunks(batch.quotes.splice(0))) await tx.insert(quotes).values(part);
	await storeVotes(batch);
	for (const part of chunks(batch.known.takeLearnt())) {
		await tx.insert(origins).values(part).onConflictDoNothing();
	}
}

/** Notes that an article shows something else now, and `more` published comments. */
export function touchArticle(batch: Batch, articleId: string, more = 0): void {
	batch.touchedArticles.set(articleId, (batch.touchedArticles.get(articleId) ?? 0) + more);
}

/** Raises counts and revisions of what changed; what this import restores gets its revision at the end. */
export async function settle(batch: Batch): Promise<void> {
	const { tx, scratch } = batch;
	await flush(batch);
	for (const [id, more] of [...batch.touchedArticles].sort()) {
		const raised = scratch.isFresh('article', id) ? 0 : 1;
		await tx
			.update(articles)
			.set({
				commentCount: sql`${articles.commentCount} + ${more}`,
				revision: sql`${articles.revision} + ${raised}`
			})
			.where(eq(articles.id, id));
	}
	const people = [...batch.touchedAccounts].filter((id) => !scratch.isFresh('account', id));
	for (const part of chunks(people.sort())) {
		await tx
			.update(accounts)
			.set({ revision: sql`${accounts.revision} + 1` })
			.where(inArray(accounts.id, part));
	}
	if (batch.touchesSite && !batch.freshSite) await site.touch(tx);
}
