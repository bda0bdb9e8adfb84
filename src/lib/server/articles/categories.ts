import { asc, eq, or } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { categories } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { invalid, notFound } from '../refusal.ts';
import { normaliseLine } from '../text/normalise.ts';
import { freeSlug, hasSlug, slugOf } from './slugs.ts';

// It stands in the line under the masthead, beside the others.
const NAME_LENGTH = 200;

/** A section of the newspaper. */
export interface CategoryView {
	slug: string;
	name: string;
	description: string;
}

const columns = {
	slug: categories.slug,
	name: categories.name,
	description: categories.description
};

/** Every category, by name. */
export async function list(db: Database): Promise<CategoryView[]> {
	return db.read.select(columns).from(categories).orderBy(asc(categories.name));
}

/** The slugs of categories by their ids. */
export async function slugs(db: Database): Promise<Map<string, string>> {
	const rows = await db.read.select({ id: categories.id, slug: categories.slug }).from(categories);
	return new Map(rows.map(({ id, slug }) => [id, slug]));
}

/** One category. @throws {Refusal} 404 */
export async function read(db: Database, slug: string): Promise<CategoryView> {
	const [category] = await db.read
		.select(columns)
		.from(categories)
		.where(hasSlug(categories, slug));
	if (!category) throw notFound('category');
	return category;
}

/** The id of the category with this slug or name, made if it is new; null for ''. @throws {Refusal} 422 when too long */
export async function idFor(tx: Tx, slugOrName: string): Promise<string | null> {
	const wanted = normaliseLine(slugOrName);
	if (wanted === '') return null;
	if (wanted.length > NAME_LENGTH) {
		throw invalid('too-long', `A category has at most ${NAME_LENGTH} characters.`, 'category');
	}
	const [existing] = await tx
		.select({ id: categories.id })
		.from(categories)
		.where(or(eq(categories.slug, wanted), eq(categories.name, wanted)));
	if (existing) return existing.id;
	const id = newId();
	const slug = await freeSlug(tx, categories, slugOf(wanted));
	await tx.insert(categories).values({ id, slug, name: wanted, createdAt: now() });
	return id;
}
