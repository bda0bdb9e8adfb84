import { and, asc, eq, isNull } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { nameKey } from '../accounts/names/names.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { accounts, bylines } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { invalid, notFound } from '../refusal.ts';
import * as site from '../site/site.ts';
import { escapeMarkdown } from '../text/escape.ts';
import { normaliseLine, normaliseText } from '../text/normalise.ts';
import { renderMarkdown } from '../text/render.ts';
import { render } from './accepted.ts';
import { freeSlug, hasSlug, slugOf } from './slugs.ts';

// A line for each under a title; a box under the article.
const LONGEST = { name: 300, role: 300, bio: 5000 };

/** An author as printed. */
export interface BylineView {
	slug: string;
	name: string;
	role: string;
	/** Markdown. */
	bio: string;
	bioHtml: string;
}

/** What an editor writes about an author. */
export interface BylineInput {
	/** The byline to change; absent for a new one. */
	slug?: string;
	name: string;
	role: string;
	bio: string;
	/** The name of the account that it belongs to; '' for none. */
	account?: string;
}

const columns = {
	slug: bylines.slug,
	name: bylines.name,
	role: bylines.role,
	bio: bylines.bio
};

/**
 * A biography as HTML: rendered at reading, because they are short, few, and kept in finished pages.
 * One that cannot be rendered, which only an import may bring, is shown as the plain text it is.
 */
export function bioHtml(bio: string): string {
	try {
		return renderMarkdown(bio, { kind: 'article' });
	} catch {
		return renderMarkdown(escapeMarkdown(bio.slice(0, LONGEST.bio)), { kind: 'article' });
	}
}

function view(row: Omit<BylineView, 'bioHtml'>): BylineView {
	return { ...row, bioHtml: bioHtml(row.bio) };
}

/** Every byline, by name. */
export async function list(db: Database): Promise<BylineView[]> {
	const rows = await db.read.select(columns).from(bylines).orderBy(asc(bylines.name));
	return rows.map(view);
}

/** One byline. @throws {Refusal} 404 */
export async function read(db: Database, slug: string): Promise<BylineView> {
	const [row] = await db.read.select(columns).from(bylines).where(hasSlug(bylines, slug));
	if (!row) throw notFound('byline');
	return view(row);
}

/** A byline to edit, with its account's name. @throws {Refusal} 401 or 403 below editor, 404 */
export async function forEditing(
	db: Database,
	actor: Actor,
	slug: string
): Promise<Required<BylineInput>> {
	requireRole(actor, 'editor');
	const [row] = await db.read
		.select({ ...columns, account: accounts.name })
		.from(bylines)
		.leftJoin(accounts, eq(accounts.id, bylines.accountId))
		.where(hasSlug(bylines, slug));
	if (!row) throw notFound('byline');
	return { ...row, account: row.account ?? '' };
}

/** The id of a byline; null for ''. @throws {Refusal} 422 for one that does not exist */
export async function idFor(tx: Tx, slug: string): Promise<string | null> {
	if (slug === '') return null;
	const [row] = await tx.select({ id: bylines.id }).from(bylines).where(hasSlug(bylines, slug));
	if (!row) throw invalid('unknown-byline', 'There is no such byline.', 'byline');
	return row.id;
}

async function accountIdFor(tx: Tx, name: string): Promise<string | null> {
	if (name === '') return null;
	const [row] = await tx
		.select({ id: accounts.id })
		.from(accounts)
		.where(and(eq(accounts.nameKey, nameKey(name)), isNull(accounts.deletedAt)));
	if (!row) throw invalid('unknown-account', 'There is no account of this name.', 'account');
	return row.id;
}

/** The words of a byline, put right. @throws {Refusal} 422 with the field that is missing or too long */
function accept(input: BylineInput): { name: string; role: string; bio: string } {
	const name = normaliseLine(input.name);
	if (name === '') throw invalid('no-name', 'A byline needs a name.', 'name');
	const text = { name, role: normaliseLine(input.role), bio: normaliseText(input.bio).trim() };
	for (const [field, most] of Object.entries(LONGEST)) {
		if (text[field as keyof typeof text].length <= most) continue;
		throw invalid('too-long', `This has more than ${most} characters.`, field);
	}
	// It is rendered whenever somebody reads it, so it must be possible.
	render(text.bio, 'bio');
	return text;
}

/** Makes or changes a byline. @throws {Refusal} 401 or 403 below editor, 404, 422 */
export async function save(
	db: Database,
	actor: Actor,
	input: BylineInput
): Promise<{ slug: string }> {
	requireRole(actor, 'editor');
	const text = accept(input);
	return db.write(async (tx) => {
		const accountId = await accountIdFor(tx, normaliseLine(input.account ?? ''));
		await site.touch(tx);
		if (input.slug) {
			const changed = await tx
				.update(bylines)
				.set({ ...text, accountId })
				.where(hasSlug(bylines, input.slug))
				.returning({ slug: bylines.slug });
			if (changed.length === 0) throw notFound('byline');
			return changed[0];
		}
		const slug = await freeSlug(tx, bylines, slugOf(text.name));
		await tx.insert(bylines).values({ id: newId(), slug, ...text, accountId, createdAt: now() });
		return { slug };
	});
}
