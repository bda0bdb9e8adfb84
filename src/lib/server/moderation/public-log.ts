import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { hasSlug } from '../articles/slugs.ts';
import { pageOf } from '../comments/present.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import { alias } from '../database/columns.ts';
import type { Database, Read } from '../database/database.ts';
import { accounts, actions, articles } from '../database/schema.ts';
import { firstIdAt, isId } from '../ids.ts';
import type { Ground } from './grounds.ts';
import type { ActionKind } from './kinds.ts';

const PAGE = 50;
// More acts that take one and the same back there are not, but in a log that was imported.
const REVERSALS = 200;

/** Whom these were about is nobody's business but theirs. */
const PRIVATE: readonly ActionKind[] = [
	'account.warn',
	'account.approval',
	'account.suspend',
	'account.ban',
	'account.lift',
	'account.appeal'
];

/** Another act, as a line of the log refers to it. */
export interface ActionRef {
	id: string;
	kind: ActionKind;
}

/** A line of the log as everyone may read it. */
export interface ActionView {
	id: string;
	kind: ActionKind;
	at: Date;
	/** Null when the software or the operator did it. */
	actor: string | null;
	/** The kind of reason, where the act restricts something. */
	ground: Ground | null;
	reason: string;
	/** What changed. */
	details: Record<string, string | null>;
	comment: { url: string } | null;
	/** The article that it belongs to. */
	article: { url: string; title: string; slug: string } | null;
	/** Whom it was about; `url` null where that is private: "a reader". */
	account: { name: string; url: string | null } | null;
	/** The act that it takes back. */
	reverses: ActionRef | null;
	/** The acts that took it back. */
	reversedBy: ActionRef[];
}

/** Which part of the log. */
export interface LogFilter {
	kind?: ActionKind;
	/** The slug of an article. */
	article?: string;
	/** From the beginning of this time, and before the other. */
	from?: Date;
	before?: Date;
	/** The id of one act: it, and what takes it back. */
	act?: string;
	cursor?: string | null;
}

// The same tables a second time in one query: whom an act was about, and what it takes back.
const subjects = alias(accounts, 'subject');
const reversed = alias(actions, 'reversed');

function select(db: Read) {
	return db
		.select({
			id: actions.id,
			kind: actions.kind,
			at: actions.createdAt,
			actor: accounts.name,
			ground: actions.ground,
			reason: actions.reason,
			details: actions.details,
			commentId: actions.commentId,
			slug: articles.slug,
			title: articles.title,
			subjectName: subjects.name,
			reverses: actions.reverses,
			reversedKind: reversed.kind
		})
		.from(actions)
		.leftJoin(accounts, eq(accounts.id, actions.actorId))
		.leftJoin(articles, eq(articles.id, actions.inArticleId))
		.leftJoin(subjects, eq(subjects.id, actions.accountId))
		.leftJoin(reversed, eq(reversed.id, actions.reverses))
		.$dynamic();
}
type Row = Awaited<ReturnType<typeof select>>[number];

/** The acts that take these back, by the ids of those. */
async function reversalsOf(db: Read, ids: string[]): Promise<Map<string, ActionRef[]>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({ id: actions.id, kind: actions.kind, reverses: actions.reverses })
		.from(actions)
		// A partial index is found by its own words.
		.where(and(isNotNull(actions.reverses), inArray(actions.reverses, ids)))
		.limit(REVERSALS);
	const byReversed = Map.groupBy(rows, (row) => row.reverses!);
	return new Map(
		[...byReversed].map(([id, group]) => [id, group.map(({ id: by, kind }) => ({ id: by, kind }))])
	);
}

// Notes of the software to itself stay with it. How a discussion is arranged, everybody sees there.
const SHOWN_DETAILS = ['from', 'to', 'until'];

function shownDetails({ kind, details }: Row): ActionView['details'] {
	if (kind === 'article.discussion') return details;
	const shown = Object.entries(details).filter(([name]) => SHOWN_DETAILS.includes(name));
	return Object.fromEntries(shown);
}

function accountOf({ kind, subjectName }: Row): ActionView['account'] {
	if (PRIVATE.includes(kind)) return { name: 'a reader', url: null };
	return subjectName === null ? null : { name: subjectName, url: pageOf(subjectName) };
}

function view(row: Row, reversals: Map<string, ActionRef[]>): ActionView {
	const { id, kind, at, actor, ground, reason, commentId, slug, title, reversedKind } = row;
	const { reverses } = row;
	return {
		...{ id, kind, at, actor, ground, reason },
		details: shownDetails(row),
		comment: commentId === null ? null : { url: `/c/${commentId}` },
		article: slug === null || title === null ? null : { url: `/articles/${slug}`, title, slug },
		account: accountOf(row),
		reverses: reverses && reversedKind ? { id: reverses, kind: reversedKind } : null,
		reversedBy: reversals.get(id) ?? []
	};
}

function matching(db: Read, { kind, article, from, before, act }: LogFilter): SQL | undefined {
	const named = db
		.select({ id: articles.id })
		.from(articles)
		.where(hasSlug(articles, article ?? ''));
	return and(
		kind ? eq(actions.kind, kind) : undefined,
		article ? inArray(actions.inArticleId, named) : undefined,
		from ? gte(actions.id, firstIdAt(from)) : undefined,
		before ? lt(actions.id, firstIdAt(before)) : undefined,
		act ? or(eq(actions.id, act), eq(actions.reverses, act)) : undefined
	);
}

/**
 * The log, newest first, without what belongs to drafts. Ids are in the order of time, so a span of time
 * is a range of them.
 * @throws {Refusal} 400 for a bad cursor.
 */
export async function page(
	db: Database,
	filter: LogFilter = {}
): Promise<{ items: ActionView[]; next: string | null }> {
	const last = filter.cursor
		? decodeCursor<[string]>(filter.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await select(db.read)
		.where(
			and(
				matching(db.read, filter),
				last === undefined ? undefined : lt(actions.id, last),
				or(isNull(actions.inArticleId), isNotNull(articles.publishedAt))
			)
		)
		.orderBy(desc(actions.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	const reversals = await reversalsOf(
		db.read,
		items.map(({ id }) => id)
	);
	return {
		items: items.map((row) => view(row, reversals)),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}
