import { eq, sql } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { articleVersions, articles, bylines, categories } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { record } from '../moderation/log.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import * as site from '../site/site.ts';
import * as bylinesOf from './bylines.ts';
import * as categoriesOf from './categories.ts';
import { begin as beginCommenting } from './commenting-change.ts';
import type { CommentingState } from './commenting-states.ts';
import { acceptArticle, renderBody, type ArticleText } from './accepted.ts';
import { freeSlug, hasSlug, isSlug, slugOf } from './slugs.ts';

/** What an editor writes. */
export interface ArticleInput extends ArticleText {
	/** A category's slug or name, made if it is new; '' for none. */
	category: string;
	/** A byline's slug; '' for none. */
	byline: string;
	/** The last part of its address; made of the title when absent. */
	slug?: string;
	/** False keeps it a draft. */
	published: boolean;
	commenting?: CommentingState;
}

/** An article as its editor works on it. */
export interface ArticleForEditing extends Required<ArticleInput> {
	id: string;
	version: number;
}

/** An article's names, for where to go next. */
export interface Written {
	id: string;
	slug: string;
}

async function references(tx: Tx, input: Partial<Pick<ArticleInput, 'category' | 'byline'>>) {
	return {
		...(input.category === undefined
			? {}
			: { categoryId: await categoriesOf.idFor(tx, input.category) }),
		...(input.byline === undefined ? {} : { bylineId: await bylinesOf.idFor(tx, input.byline) })
	};
}

function wantedSlug(input: { slug?: string; title: string }): string {
	if (!input.slug) return slugOf(input.title);
	if (isSlug(input.slug)) return input.slug;
	throw invalid('bad-slug', 'An address has lower-case letters, digits and hyphens only.', 'slug');
}

/** Writes a new article. @throws {Refusal} 401 or 403 below editor, 422 */
export async function create(db: Database, actor: Actor, input: ArticleInput): Promise<Written> {
	requireRole(actor, 'editor');
	const text = acceptArticle(input);
	const slug = wantedSlug({ ...input, title: text.title });
	const html = renderBody(text.body);
	const id = newId();
	const commenting = input.commenting ?? 'open';
	return db.write(async (tx) => {
		// First, because it makes two that want the same address, or make the same category, take turns.
		await site.touch(tx);
		const free = await freeSlug(tx, articles, slug);
		if (input.slug && free !== slug) {
			throw conflict('slug-taken', 'Another article has this address already.');
		}
		await tx.insert(articles).values({
			id,
			slug: free,
			...text,
			...html,
			...(await references(tx, input)),
			publishedAt: input.published ? now() : null,
			createdAt: now(),
			updatedAt: now(),
			commenting
		});
		if (commenting !== 'open') await beginCommenting(tx, actor, id, commenting);
		await record(tx, actor, { kind: 'article.create', subject: { articleId: id } });
		return { id, slug: free };
	});
}

type Stored = typeof articles.$inferSelect;

/** Whether a quote of the text as it stood would be a quote of an earlier version now. */
function changesText(stored: Stored, text: ArticleText): boolean {
	return (['title', 'standfirst', 'body'] as const).some((field) => stored[field] !== text[field]);
}

async function keepVersion(tx: Tx, stored: Stored): Promise<void> {
	const { id: articleId, version, title, standfirst, body } = stored;
	await tx
		.insert(articleVersions)
		.values({ articleId, version, title, standfirst, body, replacedAt: now() });
}

/** A change to an article; absent fields stay as they are. */
export type ArticleChange = Partial<Omit<ArticleInput, 'commenting' | 'slug'>> & {
	/** The version that was edited; a newer one in the meantime is a conflict. */
	version?: number;
};

/** The fields that were given: one that is there but undefined changes nothing either. */
function given(input: ArticleChange): ArticleChange {
	return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/**
 * Changes an article; its earlier text is kept. Its address stays.
 * @throws {Refusal} 401 or 403 below editor, 404, 409 when it was edited meanwhile, 422.
 */
export async function edit(
	db: Database,
	actor: Actor,
	slug: string,
	input: ArticleChange
): Promise<Written> {
	requireRole(actor, 'editor');
	const html = input.body === undefined ? {} : renderBody(input.body);
	return db.write(async (tx) => {
		const [stored] = await forUpdate(tx.select().from(articles).where(hasSlug(articles, slug)));
		if (!stored) throw notFound('article');
		if (input.version !== undefined && input.version !== stored.version) {
			throw conflict('edited-meanwhile', 'Somebody else edited this article meanwhile.');
		}
		const text = acceptArticle({ ...stored, ...given(input) });
		await site.touch(tx);
		const newVersion = changesText(stored, text);
		if (newVersion) await keepVersion(tx, stored);
		const publishedAt = stored.publishedAt ?? now();
		await tx
			.update(articles)
			.set({
				...text,
				...html,
				...(await references(tx, input)),
				...(input.published === undefined
					? {}
					: { publishedAt: input.published ? publishedAt : null }),
				version: stored.version + Number(newVersion),
				updatedAt: now(),
				revision: sql`${articles.revision} + 1`
			})
			.where(eq(articles.id, stored.id));
		await record(tx, actor, { kind: 'article.edit', subject: { articleId: stored.id } });
		return { id: stored.id, slug };
	});
}

async function names(db: Read, stored: Stored) {
	const [row] = await db
		.select({ category: categories.slug, byline: bylines.slug })
		.from(articles)
		.leftJoin(categories, eq(categories.id, articles.categoryId))
		.leftJoin(bylines, eq(bylines.id, articles.bylineId))
		.where(eq(articles.id, stored.id));
	return { category: row.category ?? '', byline: row.byline ?? '' };
}

/** An article to edit. @throws {Refusal} 401 or 403 below editor, 404 */
export async function forEditing(
	db: Database,
	actor: Actor,
	slug: string
): Promise<ArticleForEditing> {
	requireRole(actor, 'editor');
	const [stored] = await db.read.select().from(articles).where(hasSlug(articles, slug));
	if (!stored) throw notFound('article');
	const { id, version, title, standfirst, body, url, commenting, publishedAt } = stored;
	const { sourceName, sourceUrl, imageUrl, imageAlt, imageCredit } = stored;
	return {
		...{ id, version, slug, title, standfirst, body, url, commenting },
		...{ sourceName, sourceUrl, imageUrl, imageAlt, imageCredit },
		...(await names(db.read, stored)),
		published: publishedAt !== null
	};
}
