import { asc, eq, or } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { categories } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { notFound } from '../refusal.ts';
import { normaliseLine } from '../text/normalise.ts';
import { freeSlug, slugOf } from './slugs.ts';

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

/** One category. @throws {Refusal} 404 */
export async function read(db: Database, slug: string): Promise<CategoryView> {
	const [category] = await db.read
		.select(columns)
		.from(categories)
		.where(eq(categories.slug, slug));
	if (!category) throw notFound('category');
	return category;
}

/** The id of the category with this slug or name, made if it is new; null for ''. */
export async function idFor(tx: Tx, slugOrName: string): Promise<string | null> {
	const wanted = normaliseLine(slugOrName);
	if (wanted === '') return null;
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
