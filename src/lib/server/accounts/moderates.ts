import { asc, eq, inArray } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import type { Database, Read } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { accounts, categories } from '../database/schema.ts';
import * as log from '../moderation/log.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import * as events from '../security/events.ts';
import { byName } from './accounts.ts';
import { accountColumns, type Account } from './rows.ts';

/** The categories of these slugs, by name. @throws {Refusal} 422 for one that there is not */
async function bySlug(read: Read, slugs: string[]) {
	const rows = await read
		.select({ id: categories.id, slug: categories.slug, name: categories.name })
		.from(categories)
		.where(inArray(categories.slug, slugs))
		.orderBy(asc(categories.name));
	const missing = slugs.find((slug) => !rows.some((row) => row.slug === slug));
	if (missing === undefined) return rows;
	throw invalid('category', `There is no category "${missing}".`, 'categories');
}

async function namesOf(read: Read, ids: string[] | null): Promise<string | null> {
	if (ids === null || ids.length === 0) return null;
	const rows = await read
		.select({ name: categories.name })
		.from(categories)
		.where(inArray(categories.id, ids))
		.orderBy(asc(categories.name));
	return rows.map((row) => row.name).join(', ');
}

/**
 * Limits a moderator to categories, by their slugs; none is for all. With a line in the log, in effect
 * at the next request.
 * @throws {Refusal} 401, 403 for all but administrators, 404 for a name that nobody has, 409 for who is
 * no moderator, 422 for a category that there is not.
 */
export async function limit(
	db: Database,
	actor: Actor,
	input: { name: string; categories: string[] }
): Promise<Account> {
	requireRole(actor, 'admin');
	const chosen = input.categories.length === 0 ? [] : await bySlug(db.read, input.categories);
	const moderates = chosen.length === 0 ? null : chosen.map(({ id }) => id);
	return db.write(async (tx) => {
		const named = await byName(tx, input.name);
		if (!named) throw notFound('account');
		const [account] = await forUpdate(
			tx.select(accountColumns).from(accounts).where(eq(accounts.id, named.id))
		);
		if (account.role !== 'moderator') {
			throw conflict('no-moderator', `${account.name} is not a moderator.`);
		}
		const from = await namesOf(tx, account.moderates);
		const to = await namesOf(tx, moderates);
		if (from === to) return account;
		await tx.update(accounts).set({ moderates }).where(eq(accounts.id, account.id));
		const subject = { accountId: account.id };
		await log.record(tx, actor, { kind: 'account.moderates', subject, details: { from, to } });
		const about = { ...subject, details: { moderates: to ?? 'everything' } };
		await events.record(tx, actor, 'role.changed', about);
		return { ...account, moderates };
	});
}
