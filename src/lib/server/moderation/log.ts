import { and, desc, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { personUrl } from '../comments/present.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import { alias } from '../database/columns.ts';
import type { Database, Tx } from '../database/database.ts';
import { accounts, actions, articles } from '../database/schema.ts';
import { isId, newId } from '../ids.ts';
import type { Ground } from './grounds.ts';
import type { ActionKind } from './kinds.ts';

const PAGE = 50;

/** What an act was about: exactly one thing, and the article that it belongs to. */
export type Subject =
	| { commentId: string; inArticleId: string }
	| { articleId: string }
	| { accountId: string }
	| { problemId: string; inArticleId: string };

/** An act of staff, as the log keeps it. */
export interface Act {
	kind: ActionKind;
	subject: Subject;
	reason?: string;
	/** The kind of reason, where the act restricts something. */
	ground?: Ground | null;
	/** The act that this one takes back. */
	reverses?: string | null;
	details?: Record<string, string | null>;
}

/** Writes an act to the log, in the transaction of the act itself. Gives the act's id. */
export async function record(tx: Tx, actor: Actor, act: Act): Promise<string> {
	const { subject, reason = '', details = {}, ground = null, reverses = null } = act;
	const id = newId();
	const inArticleId = 'articleId' in subject ? subject.articleId : null;
	await tx.insert(actions).values({
		...{ id, kind: act.kind, actorId: actor.accountId, inArticleId, ...subject },
		...{ reason, ground, reverses, details, createdAt: now() }
	});
	return id;
}

/** A line of the log as everyone may read it. */
export interface ActionView {
	id: string;
	kind: ActionKind;
	at: Date;
	/** Null when the software or the operator did it. */
	actor: string | null;
	reason: string;
	details: Record<string, string | null>;
	comment: { url: string } | null;
	article: { url: string; title: string } | null;
	account: { name: string; url: string } | null;
}

// The same table a second time in one query: whom an act was about, beside who did it.
const subjects = alias(accounts, 'subject');

/**
 * The log, newest first, without drafts' articles.
 * @throws {Refusal} 400 for a bad cursor.
 */
export async function page(
	db: Database,
	input: { kind?: ActionKind; cursor?: string | null } = {}
): Promise<{ items: ActionView[]; next: string | null }> {
	const before = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await db.read
		.select({
			id: actions.id,
			kind: actions.kind,
			at: actions.createdAt,
			actor: accounts.name,
			reason: actions.reason,
			details: actions.details,
			commentId: actions.commentId,
			slug: articles.slug,
			title: articles.title,
			subjectName: subjects.name
		})
		.from(actions)
		.leftJoin(accounts, eq(accounts.id, actions.actorId))
		.leftJoin(articles, eq(articles.id, actions.articleId))
		.leftJoin(subjects, eq(subjects.id, actions.accountId))
		.where(
			and(
				input.kind ? eq(actions.kind, input.kind) : undefined,
				before === undefined ? undefined : lt(actions.id, before),
				or(isNull(actions.articleId), isNotNull(articles.publishedAt))
			)
		)
		.orderBy(desc(actions.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	return {
		items: items.map(({ commentId, slug, title, subjectName, ...row }) => ({
			...row,
			comment: commentId === null ? null : { url: `/c/${commentId}` },
			article: slug === null || title === null ? null : { url: `/articles/${slug}`, title },
			account: subjectName === null ? null : { name: subjectName, url: personUrl(subjectName) }
		})),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}
