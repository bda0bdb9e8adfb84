import { and, desc, eq, isNotNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { atLeast, requireRole, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { decodeCursor, encodeCursor, isTime, takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { ofOnePast } from '../database/past.ts';
import { prepared } from '../database/prepared.ts';
import { articles, bylines, categories, comments, corrections } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { of as correctionsOf } from '../problems/corrections.ts';
import * as moments from '../live/moment.ts';
import { notFound } from '../refusal.ts';
import { bioHtml } from './bylines.ts';
import * as commenting from './commenting.ts';
import { stateAt } from './commenting-rules.ts';
import { moderatedBy } from './moderated.ts';
import { neighbours } from './neighbours.ts';
import { noticeName } from './notice.ts';
import { canBeSlug, hasSlug } from './slugs.ts';
import type { ArticleSummary, ArticleView } from './view.ts';

const PAGE = 20;
/** How fast people read prose on a screen: Brysbaert 2019 found 238 words a minute for English. */
const WORDS_A_MINUTE = 238;

const summaryColumns = {
	id: articles.id,
	slug: articles.slug,
	title: articles.title,
	standfirst: articles.standfirst,
	publishedAt: articles.publishedAt,
	updatedAt: articles.updatedAt,
	commentCount: articles.commentCount,
	commenting: articles.commenting,
	commentingUntil: articles.commentingUntil,
	commentingThen: articles.commentingThen,
	revision: articles.revision,
	categoryId: articles.categoryId,
	categorySlug: categories.slug,
	categoryName: categories.name,
	bylineSlug: bylines.slug,
	bylineName: bylines.name
};

function selectSummaries(db: Read) {
	return db
		.select(summaryColumns)
		.from(articles)
		.leftJoin(categories, eq(categories.id, articles.categoryId))
		.leftJoin(bylines, eq(bylines.id, articles.bylineId))
		.$dynamic();
}
type SummaryRow = Awaited<ReturnType<typeof selectSummaries>>[number];

function named(slug: string | null, name: string | null) {
	return slug === null || name === null ? null : { slug, name };
}

function summary(row: SummaryRow, at: Date): ArticleSummary {
	return {
		id: row.id,
		slug: row.slug,
		url: `/articles/${row.slug}`,
		title: row.title,
		standfirst: row.standfirst,
		categoryId: row.categoryId,
		category: named(row.categorySlug, row.categoryName),
		byline: named(row.bylineSlug, row.bylineName),
		publishedAt: row.publishedAt,
		updatedAt: row.updatedAt,
		commentCount: row.commentCount,
		commenting: stateAt(row, at),
		revision: row.revision
	};
}

/** What a list of articles is narrowed to. */
export interface ListInput {
	/** A category's slug. */
	category?: string;
	/** A byline's slug. */
	byline?: string;
	cursor?: string | null;
	limit?: number;
}

/** A page of a list of articles. */
export interface ArticleList {
	items: ArticleSummary[];
	next: string | null;
}

/** The published articles, latest first. @throws {Refusal} 400 for a bad cursor */
export async function latest(
	db: Database,
	_actor: Actor,
	input: ListInput = {}
): Promise<ArticleList> {
	const limit = input.limit ?? PAGE;
	const rows = await selectSummaries(db.read)
		.where(
			and(
				isNotNull(articles.publishedAt),
				input.category === undefined ? undefined : hasSlug(categories, input.category),
				input.byline === undefined ? undefined : hasSlug(bylines, input.byline),
				input.cursor ? before(input.cursor) : undefined
			)
		)
		.orderBy(desc(articles.publishedAt), desc(articles.id))
		.limit(limit + 1);
	const { items, more } = takePage(rows, limit);
	const last = items.at(-1);
	return {
		items: items.map((row) => summary(row, now())),
		next: more && last ? encodeCursor([last.publishedAt!.getTime(), last.id]) : null
	};
}

function before(cursor: string): SQL | undefined {
	const [time, id] = decodeCursor<[number, string]>(
		cursor,
		(parts): parts is [number, string] => isTime(parts[0]) && isId(parts[1])
	);
	const at = new Date(time);
	return or(lt(articles.publishedAt, at), and(eq(articles.publishedAt, at), lt(articles.id, id)));
}

/** Every article, drafts too, newest made first. @throws {Refusal} 401 or 403 below moderator, 400 */
export async function desk(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<ArticleList> {
	requireRole(actor, 'moderator');
	const after = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await selectSummaries(db.read)
		.where(
			and(
				after === undefined ? undefined : lt(articles.id, after),
				atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
				moderatedBy(actor)
			)
		)
		.orderBy(desc(articles.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	return {
		items: items.map((row) => summary(row, now())),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}

const viewColumns = {
	...summaryColumns,
	body: articles.body,
	bodyHtml: articles.bodyHtml,
	version: articles.version,
	sourceName: articles.sourceName,
	sourceUrl: articles.sourceUrl,
	imageUrl: articles.imageUrl,
	imageAlt: articles.imageAlt,
	imageCredit: articles.imageCredit,
	url: articles.url,
	slowMode: articles.slowMode,
	slowSeconds: articles.slowSeconds,
	messageHtml: articles.messageHtml,
	authorHere: articles.authorHere,
	staffMaySpeak: articles.staffMaySpeak,
	hasPicks: sql`exists (select 1 from ${comments} where ${comments.articleId} = ${articles.id}
		and ${comments.pickedAt} is not null and ${comments.status} = 'published')`.mapWith(Boolean),
	// What most articles have none of, asked here, so that it is not asked for in vain.
	hasCorrections:
		sql`exists (select 1 from ${corrections} where ${corrections.articleId} = ${articles.id})`.mapWith(
			Boolean
		),
	bylineRole: bylines.role,
	bylineBio: bylines.bio
};

const bySlug = prepared((db: Read) =>
	db
		.select(viewColumns)
		.from(articles)
		.leftJoin(categories, eq(categories.id, articles.categoryId))
		.leftJoin(bylines, eq(bylines.id, articles.bylineId))
		.where(eq(articles.slug, sql.placeholder('slug')))
		.prepare('article')
);

function discussionOf(row: ArticleView['discussion']): ArticleView['discussion'] {
	const { slowMode, slowSeconds, messageHtml, authorHere, staffMaySpeak, hasPicks } = row;
	return { slowMode, slowSeconds, messageHtml, authorHere, staffMaySpeak, hasPicks };
}

/** An article with its neighbours and the comment state that holds. @throws {Refusal} 404, drafts but for editors too */
export async function read(db: Database, actor: Actor, slug: string): Promise<ArticleView> {
	if (!canBeSlug(slug)) throw notFound('article');
	const { value, history } = await ofOnePast(db, () => bySlug(db.read).execute({ slug }));
	const [row] = value;
	if (!row || (row.publishedAt === null && !atLeast(actor, 'editor'))) throw notFound('article');
	const words = row.body.split(/\s+/).length;
	const byline = named(row.bylineSlug, row.bylineName);
	const state = await commenting.current(db.read, row, now());
	return {
		...summary(row, now()),
		bodyHtml: row.bodyHtml,
		readingMinutes: Math.ceil(words / WORDS_A_MINUTE),
		byline: byline && {
			...byline,
			role: row.bylineRole ?? '',
			bioHtml: bioHtml(row.bylineBio ?? '')
		},
		source: { name: row.sourceName, url: row.sourceUrl },
		image: { url: row.imageUrl, alt: row.imageAlt, credit: row.imageCredit },
		canonicalUrl: row.url,
		version: row.version,
		corrections: row.hasCorrections ? await correctionsOf(db.read, row.id) : [],
		commenting: state,
		discussion: discussionOf(row),
		notice: noticeName(row, state),
		moment: moments.nameOf({ revision: row.revision, history }),
		...(await neighbours(db.read, row))
	};
}
