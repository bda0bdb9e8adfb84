import { and, asc, count, eq, gt, inArray, isNotNull, min, sql, type SQL } from 'drizzle-orm';
import { atLeast, requireRole, type Actor } from '../actor.ts';
import { moderatedBy } from '../articles/moderated.ts';
import { textFor } from '../articles/versions.ts';
import { pageOf } from '../comments/present.ts';
import type { PersonView } from '../comments/view.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { accounts, articles, problems } from '../database/schema.ts';
import { isId } from '../ids.ts';
import type { Waiting } from '../moderation/queue.ts';
import { notFound } from '../refusal.ts';
import { passagesOf, type Passage } from '../text/passages.ts';
import type { ProblemKind, ProblemStatus } from './kinds.ts';
import { contextOf, type Context } from './passages.ts';

const PAGE = 20;

// Written out, because a partial index is found by its own words only.
const isOpen = sql`${problems.decidedAt} is null`;

/** A problem as the desk sees it. */
export interface OpenProblem {
	id: string;
	kind: ProblemKind;
	status: ProblemStatus;
	words: string;
	at: Date;
	article: { slug: string; url: string; title: string };
	/** The version of the article that was seen, and its page. */
	version: { number: number; url: string; isLatest: boolean };
	/** The words that it is about; '' for the article as a whole. */
	passage: string;
	/** The passage where it stands in that version; null where it does not, or there is none. */
	context: Context | null;
	/** Whether that paragraph stands in the article as it is now. */
	stands: boolean;
	/** How many other open problems are about the same paragraph. */
	alike: number;
	sender: PersonView;
	/** Whether somebody without an account left an address to be answered at. */
	wantsMail: boolean;
	/** The comment that it was made from. */
	comment: { url: string } | null;
}

/** Of articles that the actor moderates and may see. */
function forActor(actor: Actor): SQL | undefined {
	const published = atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt);
	return and(published, moderatedBy(actor));
}

/** How many problems are open, and since when the oldest. @throws {Refusal} 401 or 403 below moderator */
export async function waiting(db: Database, actor: Actor): Promise<Waiting> {
	requireRole(actor, 'moderator');
	const [row] = await db.read
		.select({ count: count(), oldest: min(problems.createdAt) })
		.from(problems)
		.innerJoin(articles, eq(articles.id, problems.articleId))
		.where(and(isOpen, forActor(actor)));
	return row;
}

function selectOpen(db: Read) {
	return db
		.select({
			problem: problems,
			article: {
				id: articles.id,
				slug: articles.slug,
				title: articles.title,
				standfirst: articles.standfirst,
				body: articles.body,
				version: articles.version,
				publishedAt: articles.publishedAt
			},
			senderName: accounts.name,
			senderRole: accounts.role
		})
		.from(problems)
		.innerJoin(articles, eq(articles.id, problems.articleId))
		.leftJoin(accounts, eq(accounts.id, problems.accountId))
		.$dynamic();
}
type Row = Awaited<ReturnType<typeof selectOpen>>[number];

/** How many open problems each paragraph of these articles has, as `ARTICLE KEY`. */
async function countsOf(db: Read, rows: Row[]): Promise<Map<string, number>> {
	const found = await db
		.select({ article: problems.articleId, key: problems.passageKey, count: count() })
		.from(problems)
		.where(
			and(
				isOpen,
				inArray(
					problems.articleId,
					rows.map((row) => row.article.id)
				),
				isNotNull(problems.passageKey)
			)
		)
		.groupBy(problems.articleId, problems.passageKey);
	return new Map(found.map((row) => [`${row.article} ${row.key}`, row.count]));
}

/** The paragraphs of the versions that problems are about, each parsed once. */
async function versionsOf(db: Read, actor: Actor, rows: Row[]): Promise<Map<string, Passage[]>> {
	const found = new Map<string, Passage[]>();
	for (const { problem, article } of rows) {
		for (const version of problem.passageKey === null ? [] : [problem.version, article.version]) {
			const key = `${article.id} ${version}`;
			if (found.has(key)) continue;
			const text = await textFor(db, actor, article, version);
			found.set(key, text ? passagesOf(text.body) : []);
		}
	}
	return found;
}

function paragraphIn(versions: Map<string, Passage[]>, { problem, article }: Row, version: number) {
	const passages = versions.get(`${article.id} ${version}`) ?? [];
	return passages.find((passage) => passage.key === problem.passageKey);
}

function view(
	row: Row,
	counts: Map<string, number>,
	versions: Map<string, Passage[]>
): OpenProblem {
	const { problem, article, senderName: name, senderRole: role } = row;
	const { id, kind, status, words, passage, version, commentId } = problem;
	const url = `/articles/${article.slug}`;
	const seen = paragraphIn(versions, row, version);
	const place = seen ? `#p-${seen.key}` : '';
	return {
		...{ id, kind, status, words, passage, at: problem.createdAt },
		article: { slug: article.slug, url, title: article.title },
		version: {
			number: version,
			url: `${url}/versions/${version}${place}`,
			isLatest: version === article.version
		},
		context: seen ? contextOf(seen, passage) : null,
		stands: paragraphIn(versions, row, article.version) !== undefined,
		alike: Math.max(0, (counts.get(`${article.id} ${problem.passageKey}`) ?? 1) - 1),
		sender:
			name === null
				? { name: 'Guest', url: null, role: 'guest' }
				: { name, url: pageOf(name), role: role ?? 'guest' },
		wantsMail: problem.guestEmail !== null,
		comment: commentId === null ? null : { url: `/c/${commentId}` }
	};
}

/**
 * The problems that are open, those first that were sent first.
 * @throws {Refusal} 401 or 403 below moderator, 400 for a bad cursor.
 */
export async function open(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: OpenProblem[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const after = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await selectOpen(db.read)
		.where(and(isOpen, forActor(actor), after === undefined ? undefined : gt(problems.id, after)))
		.orderBy(asc(problems.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	if (items.length === 0) return { items: [], next: null };
	const [counts, versions] = [
		await countsOf(db.read, items),
		await versionsOf(db.read, actor, items)
	];
	return {
		items: items.map((row) => view(row, counts, versions)),
		next: more ? encodeCursor([items[items.length - 1].problem.id]) : null
	};
}

/** One problem as the desk sees it, open or decided. @throws {Refusal} 401 or 403 below moderator, 404 */
export async function read(db: Database, actor: Actor, id: string): Promise<OpenProblem> {
	requireRole(actor, 'moderator');
	const rows = isId(id)
		? await selectOpen(db.read).where(and(eq(problems.id, id), forActor(actor)))
		: [];
	if (rows.length === 0) throw notFound('problem');
	return view(rows[0], await countsOf(db.read, rows), await versionsOf(db.read, actor, rows));
}
