import { and, eq, or } from 'drizzle-orm';
import * as categoriesOf from '../../articles/categories.ts';
import { freeSlug, isSlug, slugOf } from '../../articles/slugs.ts';
import { bylines, categories } from '../../database/schema.ts';
import type { Batch } from '../batch.ts';
import type { RecordOf } from '../records.ts';
import { idFor, lineOf, referenced } from './support.ts';

// Longer than any section, or any name on a byline.
const NAME_LENGTH = 200;

function slugFor(slug: string | undefined, name: string): string {
	return slug !== undefined && isSlug(slug) ? slug : slugOf(name);
}

/** Makes a category; one of the same name is the same. */
export async function importCategory(
	batch: Batch,
	line: number,
	fields: RecordOf<'category'>
): Promise<void> {
	if ((await batch.known.get('category', fields.id)) !== null) {
		batch.report.unchanged++;
		return;
	}
	const name = lineOf(batch, line, 'name', fields.name, NAME_LENGTH);
	const [same] = await batch.tx
		.select({ id: categories.id })
		.from(categories)
		.where(eq(categories.name, name));
	if (same) {
		batch.known.learn('category', fields.id, same.id);
		batch.report.unchanged++;
		return;
	}
	const createdAt = fields.created_at ?? batch.at;
	const id = idFor(batch, fields.id, createdAt);
	await batch.tx.insert(categories).values({
		id,
		slug: await freeSlug(batch.tx, categories, slugFor(fields.slug, name)),
		name,
		description: (fields.description ?? '').trim(),
		createdAt
	});
	batch.known.learn('category', fields.id, id);
	batch.report.categories++;
	batch.touchesSite = true;
}

/** The category that an article names: by an id of its source, or by name, made if it is new. */
export async function categoryFor(
	batch: Batch,
	line: number,
	idOrName: string | undefined
): Promise<string | null> {
	if (idOrName === undefined) return null;
	const known = await batch.known.get('category', idOrName);
	if (known !== null) return known;
	const name = lineOf(batch, line, 'category', idOrName, NAME_LENGTH);
	const [same] = await batch.tx
		.select({ id: categories.id })
		.from(categories)
		.where(or(eq(categories.name, name), eq(categories.slug, name)));
	if (same) return same.id;
	batch.report.categories++;
	batch.touchesSite = true;
	return categoriesOf.idFor(batch.tx, name);
}

type BylineText = { name: string; role?: string; bio?: string };

function bylineText(batch: Batch, line: number, given: BylineText) {
	return {
		name: lineOf(batch, line, 'name', given.name, NAME_LENGTH),
		role: lineOf(batch, line, 'role', given.role, NAME_LENGTH),
		bio: (given.bio ?? '').trim()
	};
}

/** Makes a byline. */
export async function importByline(
	batch: Batch,
	line: number,
	fields: RecordOf<'byline'>
): Promise<void> {
	if ((await batch.known.get('byline', fields.id)) !== null) {
		batch.report.unchanged++;
		return;
	}
	const { account } = fields;
	const accountId = account ? await referenced(batch, 'account', 'account', account) : null;
	const text = bylineText(batch, line, fields);
	const createdAt = fields.created_at ?? batch.at;
	const id = idFor(batch, fields.id, createdAt);
	const slug = await freeSlug(batch.tx, bylines, slugFor(fields.slug, text.name));
	await batch.tx.insert(bylines).values({ id, slug, ...text, accountId, createdAt });
	batch.known.learn('byline', fields.id, id);
	batch.report.bylines++;
	batch.touchesSite = true;
}

/** The byline that an article names: by an id of its source, or in full, made if there is none just like it. */
export async function bylineFor(
	batch: Batch,
	line: number,
	author: string | BylineText | undefined
): Promise<string | null> {
	if (author === undefined) return null;
	if (typeof author === 'string') return referenced(batch, 'byline', 'author', author);
	const text = bylineText(batch, line, author);
	const [same] = await batch.tx
		.select({ id: bylines.id })
		.from(bylines)
		.where(
			and(eq(bylines.name, text.name), eq(bylines.role, text.role), eq(bylines.bio, text.bio))
		);
	if (same) return same.id;
	const id = batch.idAt(batch.at);
	const slug = await freeSlug(batch.tx, bylines, slugOf(text.name));
	await batch.tx.insert(bylines).values({ id, slug, ...text, createdAt: batch.at });
	batch.report.bylines++;
	return id;
}
