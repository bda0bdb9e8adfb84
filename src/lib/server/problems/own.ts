import { and, desc, eq, lt } from 'drizzle-orm';
import { digest } from '../accounts/secrets.ts';
import { atLeast, requireAccount, type Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { articles, corrections, problems } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { notFound } from '../refusal.ts';
import type { ProblemKind, ProblemStatus } from './kinds.ts';

const PAGE = 20;

/** A problem as its sender sees it. */
export interface SentProblem {
	id: string;
	/** `/problems/ID` */
	url: string;
	kind: ProblemKind;
	status: ProblemStatus;
	words: string;
	/** The words of the article that it is about; '' for the article as a whole. */
	passage: string;
	at: Date;
	/** Null while the article is not published. */
	article: { slug: string; url: string; title: string } | null;
	/** When the desk decided; null while it has not. */
	decidedAt: Date | null;
	/** What the desk says. */
	answer: string;
	/** The correction note that it led to; '' for none. */
	note: string;
	/** The comment that staff made it from. */
	comment: { url: string } | null;
}

function select(db: Read) {
	return db
		.select({
			problem: problems,
			slug: articles.slug,
			title: articles.title,
			publishedAt: articles.publishedAt,
			note: corrections.note
		})
		.from(problems)
		.innerJoin(articles, eq(articles.id, problems.articleId))
		.leftJoin(
			corrections,
			and(eq(corrections.articleId, problems.articleId), eq(corrections.problemId, problems.id))
		)
		.$dynamic();
}
type Row = Awaited<ReturnType<typeof select>>[number];

function view(actor: Actor, { problem, slug, title, publishedAt, note }: Row): SentProblem {
	const { id, kind, status, words, passage, decidedAt, answer, commentId } = problem;
	const isSeen = publishedAt !== null || atLeast(actor, 'editor');
	return {
		...{ id, url: `/problems/${id}`, kind, status, words, passage, decidedAt, answer },
		at: problem.createdAt,
		article: isSeen ? { slug, url: `/articles/${slug}`, title } : null,
		note: note ?? '',
		comment: commentId === null ? null : { url: `/c/${commentId}` }
	};
}

/**
 * A problem for who sent it: the account, or whoever has the secret of its address.
 * @throws {Refusal} 404 for everybody else.
 */
export async function read(
	db: Database,
	actor: Actor,
	input: { id: string; secret?: string | null }
): Promise<SentProblem> {
	const [row] = isId(input.id) ? await select(db.read).where(eq(problems.id, input.id)) : [];
	if (!row) throw notFound('problem');
	const { accountId, secretHash } = row.problem;
	const isTheirs = accountId !== null && accountId === actor.accountId;
	const hasSecret = secretHash !== null && digest(input.secret ?? '') === secretHash;
	if (!isTheirs && !hasSecret) throw notFound('problem');
	return view(actor, row);
}

/** What the actor sent, newest first. @throws {Refusal} 401, 400 for a bad cursor */
export async function list(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: SentProblem[]; next: string | null }> {
	requireAccount(actor);
	const before = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await select(db.read)
		.where(
			and(
				eq(problems.accountId, actor.accountId),
				before === undefined ? undefined : lt(problems.id, before)
			)
		)
		.orderBy(desc(problems.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	return {
		items: items.map((row) => view(actor, row)),
		next: more ? encodeCursor([items[items.length - 1].problem.id]) : null
	};
}
