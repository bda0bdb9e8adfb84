import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles } from '../database/schema.ts';

/** A month of the archive, in UTC: `2026-03`. */
export type Month = string;

const MONTH = /^([0-9]{4})-(0[1-9]|1[0-2])$/;
// Years of four digits.
const BEGINNING = new Date('1000-01-01T00:00:00Z');
const END = new Date('9999-12-01T00:00:00Z');

/** An article that has its place here. */
export interface Placed {
	/** `/articles/SLUG` */
	url: string;
	updatedAt: Date;
}

const SINCE = sql.param(sql.placeholder('since'), articles.publishedAt);
/** The first time since one at which something was published. */
const firstSince = prepared((db: Read) =>
	db
		.select({ at: articles.publishedAt })
		.from(articles)
		.where(gte(articles.publishedAt, SINCE))
		.orderBy(asc(articles.publishedAt))
		.limit(1)
		.prepare('first_published')
);

function nextMonth(at: Date): Date {
	return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}

/** The months in which anything was published, oldest first. Each costs one look into the index. */
export async function list(db: Database): Promise<Month[]> {
	const months: Month[] = [];
	let since = BEGINNING;
	while (since < END) {
		const [row] = await firstSince(db.read).execute({ since });
		if (!row?.at || row.at >= END) break;
		months.push(row.at.toISOString().slice(0, 7));
		since = nextMonth(row.at);
	}
	return months;
}

/**
 * The articles published in a month, oldest first, but for those whose own address is elsewhere.
 * Null for what is no month.
 */
export async function read(db: Database, month: Month, most: number): Promise<Placed[] | null> {
	if (!MONTH.test(month)) return null;
	const from = new Date(`${month}-01T00:00:00Z`);
	const rows = await db.read
		.select({ slug: articles.slug, updatedAt: articles.updatedAt })
		.from(articles)
		.where(
			and(
				gte(articles.publishedAt, from),
				lt(articles.publishedAt, nextMonth(from)),
				eq(articles.url, '')
			)
		)
		.orderBy(asc(articles.publishedAt), asc(articles.id))
		.limit(most);
	return rows.map(({ slug, updatedAt }) => ({ url: `/articles/${slug}`, updatedAt }));
}
