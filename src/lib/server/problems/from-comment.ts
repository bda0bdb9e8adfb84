import { and, eq, isNotNull } from 'drizzle-orm';
import { requireRole, within, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { readable, type AccessibleComment } from '../comments/access.ts';
import { articleOf } from '../comments/comments.ts';
import { present } from '../comments/present.ts';
import { isReadable } from '../comments/rules.ts';
import type { CommentView } from '../comments/view.ts';
import type { Database, Read } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articles, comments, problems, quotes } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { ownText } from '../quotes/sources.ts';
import { conflict, forbidden } from '../refusal.ts';
import { plainText } from '../text/plain.ts';
import { accept, type SaidWrong } from './input.ts';
import { PASSAGE_LENGTH, WORDS_LENGTH } from './lengths.ts';
import { keyIn, paragraph } from './passages.ts';

/** A comment that says what is wrong with its article. */
export interface CommentProblem extends Omit<SaidWrong, 'email'> {
	/** The comment's id. */
	id: string;
}

/** What the form shows before anything is changed. */
export interface FromComment {
	comment: CommentView;
	/** The comment's own words as plain text. */
	words: string;
	/** The paragraph of the article that it quotes; '' for none. */
	passage: string;
}

/** A comment whose words staff may pass on. @throws {Refusal} 401, 403, 404 as `forComment` */
async function load(db: Read, actor: Actor, id: string): Promise<AccessibleComment> {
	requireRole(actor, 'moderator');
	const comment = await readable(db, actor, id);
	requireRole(within(actor, comment.categoryId), 'moderator');
	if (comment.status === 'removed' || !isReadable(actor, comment)) {
		throw forbidden('The words of this comment are not to be passed on.');
	}
	return comment;
}

async function articleText(db: Read, id: string) {
	const [row] = await db
		.select({ body: articles.body, version: articles.version })
		.from(articles)
		.where(eq(articles.id, id));
	return row;
}

async function quotedPassage(db: Read, { id, articleId }: AccessibleComment): Promise<string> {
	const [quote] = await db
		.select({ key: quotes.passage })
		.from(quotes)
		.where(
			and(
				eq(quotes.commentId, id),
				eq(quotes.sourceArticleId, articleId),
				isNotNull(quotes.passage)
			)
		)
		.limit(1);
	if (!quote?.key) return '';
	const { body } = await articleText(db, articleId);
	return paragraph(body, quote.key)?.text.slice(0, PASSAGE_LENGTH) ?? '';
}

/**
 * A comment with what a problem made of it would say.
 * @throws {Refusal} 401, 403 for all but moderators of its category and for one that was taken down, 404.
 */
export async function forComment(db: Database, actor: Actor, id: string): Promise<FromComment> {
	const row = await load(db.read, actor, id);
	const [comment] = await present(db.read, actor, articleOf(row), [row]);
	return {
		comment,
		words: plainText(ownText(row.body)).slice(0, WORDS_LENGTH),
		passage: await quotedPassage(db.read, row)
	};
}

/**
 * Makes a problem of a comment: its author is the sender, and learns the outcome.
 * @throws {Refusal} as `forComment`, 409 when somebody made one of it already, 422 naming the field.
 */
export async function fromComment(
	db: Database,
	actor: Actor,
	input: CommentProblem
): Promise<{ id: string }> {
	const comment = await load(db.read, actor, input.id);
	const { kind, words, passage } = accept({ ...input, email: '' });
	const { articleId, authorId: accountId, id: commentId } = comment;
	const { body, version } = await articleText(db.read, articleId);
	const passageKey = passage === '' ? null : keyIn(body, passage, '');
	return db.write(async (tx) => {
		// Two at once: the second waits here and finds what the first made.
		await forUpdate(
			tx.select({ id: comments.id }).from(comments).where(eq(comments.id, commentId))
		);
		const made = await tx
			.select({ id: problems.id })
			.from(problems)
			.where(and(eq(problems.articleId, articleId), eq(problems.commentId, commentId)))
			.limit(1);
		if (made.length > 0) {
			throw conflict('made-already', 'Somebody was quicker: the desk has this comment already.');
		}
		const id = newId();
		await tx.insert(problems).values({
			...{ id, articleId, version, kind, words, passage, passageKey },
			...{ accountId, commentId, createdAt: now() }
		});
		return { id };
	});
}
