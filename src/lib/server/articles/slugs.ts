import { eq, sql, type SQL } from 'drizzle-orm';
import { randomInt } from 'node:crypto';
import type { Read } from '../database/database.ts';
import type { articles, bylines, categories } from '../database/schema.ts';

// Long enough to be read in an address, short enough to be shared.
const SLUG_LENGTH = 80;
const SLUG_PATTERN = /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u;

// Beside an article's own page in the newsroom stand these.
const KEPT = new Set(['new', 'bylines', 'discussions']);

type Sluggable = typeof articles | typeof categories | typeof bylines;

/** Whether a row may have this slug. It comes from outside: what PostgreSQL cannot hold is nobody's. */
export function canBeSlug(slug: string): boolean {
	return !slug.includes('\0');
}

/** The condition that a row has this slug. */
export function hasSlug(table: Sluggable, slug: string): SQL {
	return canBeSlug(slug) ? eq(table.slug, slug) : sql`false`;
}

/** Whether a text can be a slug as it is. */
export function isSlug(text: string): boolean {
	return text.length <= SLUG_LENGTH && SLUG_PATTERN.test(text) && text === text.toLowerCase();
}

/** A slug made of a title: lower case, accents dropped, words joined by hyphens; 'untitled' when nothing is left. */
export function slugOf(title: string): string {
	const words = title
		.normalize('NFKD')
		.replace(/[\p{M}'’]/gu, '')
		.normalize('NFC')
		.toLowerCase()
		.match(/[\p{L}\p{N}]+/gu);
	let slug = '';
	for (const word of words ?? []) {
		const longer = slug === '' ? word : `${slug}-${word}`;
		if (longer.length > SLUG_LENGTH) break;
		slug = longer;
	}
	return slug || 'untitled';
}

// So many are tried in their order; beyond them growing steps find one soon among any number.
const IN_ORDER = 20;

/** A slug like `wanted` that no other row of the table has: `wanted`, `wanted-2`, `wanted-3`, … */
export async function freeSlug(db: Read, table: Sluggable, wanted: string): Promise<string> {
	for (let number = 1; ; number += number < IN_ORDER ? 1 : randomInt(1, number)) {
		const slug = number === 1 ? wanted : `${wanted}-${number}`;
		if (KEPT.has(slug)) continue;
		const taken = await db.select({ id: table.id }).from(table).where(eq(table.slug, slug));
		if (taken.length === 0) return slug;
	}
}
