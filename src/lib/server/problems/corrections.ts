import { desc, eq, sql } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { hasSlug } from '../articles/slugs.ts';
import { now } from '../clock.ts';
import { touchArticle } from '../comments/counts.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles, corrections } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { record } from '../moderation/log.ts';
import { invalid, notFound } from '../refusal.ts';
import { readText } from './input.ts';
import { NOTE_LENGTH } from './lengths.ts';

/** A note under an article that says what was corrected, and when. */
export interface Correction {
	note: string;
	at: Date;
}

// An article with more is another article.
const SHOWN = 50;

const ofArticle = prepared((db: Read) =>
	db
		.select({ note: corrections.note, at: corrections.createdAt })
		.from(corrections)
		.where(eq(corrections.articleId, sql.placeholder('article')))
		.orderBy(desc(corrections.id))
		.limit(SHOWN)
		.prepare('corrections')
);

/** The corrections of an article, newest first. Whether it may be seen is for the caller to ask. */
export async function of(db: Read, articleId: string): Promise<Correction[]> {
	return ofArticle(db).execute({ article: articleId });
}

/** A correction note, tidied; '' for none. @throws {Refusal} 422 when it is too long */
export function readNote(text: string): string {
	return readText(text, 'note', NOTE_LENGTH);
}

/** Puts a correction note on an article, in the transaction of what led to it, which logs it. */
export async function add(
	tx: Tx,
	actor: Actor,
	{ articleId, note, problemId }: { articleId: string; note: string; problemId: string | null }
): Promise<void> {
	const { accountId: actorId } = actor;
	await tx
		.insert(corrections)
		.values({ id: newId(), articleId, note, problemId, actorId, createdAt: now() });
	await touchArticle(tx, articleId);
}

/**
 * Puts a correction note on an article by hand.
 * @throws {Refusal} 401 or 403 below editor, 404, 422 without a note or for one too long.
 */
export async function publish(
	db: Database,
	actor: Actor,
	input: { article: string; note: string }
): Promise<void> {
	requireRole(actor, 'editor');
	const note = readNote(input.note);
	if (note === '') throw invalid('no-note', 'Say what was corrected.', 'note');
	await db.write(async (tx) => {
		const [article] = await tx
			.select({ id: articles.id })
			.from(articles)
			.where(hasSlug(articles, input.article));
		if (!article) throw notFound('article');
		await add(tx, actor, { articleId: article.id, note, problemId: null });
		await record(tx, actor, {
			kind: 'article.correct',
			subject: { articleId: article.id },
			reason: note
		});
	});
}
