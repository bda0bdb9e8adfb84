import { and, desc, eq, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { requireAccount, requireRole, type Actor, type Role } from '../actor.ts';
import { now } from '../clock.ts';
import { idOf, idPage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { accounts, previousNames } from '../database/schema.ts';
import { isId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { check, enrol, type NewAccount } from './signing-up/enrol.ts';
import { lookupKey, nameKey } from './names/names.ts';
import { accountColumns, type Account } from './rows.ts';

export { actorOf, type Account } from './rows.ts';

/** An account with its address, for its owner and for administrators. */
export type AccountWithEmail = Account & { email: string | null };

const PAGE = 50;
const MOST = 200;
const withEmail = { ...accountColumns, email: accounts.email };

/** The account of a name, however it is written; null if there is none, or it was deleted. */
export async function byName(read: Read, name: string): Promise<Account | null> {
	const key = lookupKey(name);
	if (key === null) return null;
	const [account] = await read
		.select(accountColumns)
		.from(accounts)
		.where(and(eq(accounts.nameKey, key), isNull(accounts.deletedAt)));
	return account ?? null;
}

/** The account of an id; null if there is none. */
export async function byId(read: Read, id: string): Promise<Account | null> {
	if (!isId(id)) return null;
	const [account] = await read.select(accountColumns).from(accounts).where(eq(accounts.id, id));
	return account ?? null;
}

/** The actor's own account, with its address. @throws {Refusal} 401 for a guest. */
export async function own(db: Database, actor: Actor): Promise<AccountWithEmail> {
	requireAccount(actor);
	const [account] = await db.read
		.select(withEmail)
		.from(accounts)
		.where(eq(accounts.id, actor.accountId));
	return account;
}

// A name or an address is no longer; what is typed beyond it cannot be found anyway.
const LONGEST_SEARCH = 254;

type Searched = typeof accounts.emailKey | typeof accounts.nameKey | typeof previousNames.nameKey;

/** Accounts whose name, now or before, or another of these columns has the letters searched for somewhere. */
function matching(read: Read, search: string, ...columns: Searched[]): SQL | undefined {
	const key = nameKey(search.slice(0, LONGEST_SEARCH).toWellFormed().replaceAll('\0', ''));
	const pattern = `%${key.replace(/[\\%_]/g, '\\$&')}%`;
	const has = (column: Searched) => sql`${column} like ${pattern} escape '\\'`;
	const { accountId, nameKey: before } = previousNames;
	const formerly = read.select({ id: accountId }).from(previousNames).where(has(before));
	const names = [has(accounts.nameKey), inArray(accounts.id, formerly)];
	return key === '' ? undefined : or(...names, ...columns.map(has));
}

/**
 * Accounts, newest first, for administrators; `search` narrows them to names and e-mail addresses
 * that have it somewhere.
 * @throws {Refusal} 401, 403 for others, 400 for a bad cursor, 429 for searching very fast.
 */
export async function list(
	db: Database,
	actor: Actor,
	input: { search?: string; cursor?: string | null; limit?: number } = {}
): Promise<{ items: AccountWithEmail[]; next: string | null }> {
	requireRole(actor, 'admin');
	const limit = Math.min(Math.max(input.limit ?? PAGE, 1), MOST);
	const before = idOf(input.cursor);
	if (input.search) await db.write((tx) => limits.take(tx, limits.search, actor));
	const rows = await db.read
		.select(withEmail)
		.from(accounts)
		.where(
			and(
				isNull(accounts.deletedAt),
				input.search === undefined ? undefined : matching(db.read, input.search, accounts.emailKey),
				before === undefined ? undefined : lt(accounts.id, before)
			)
		)
		.orderBy(desc(accounts.id))
		.limit(limit + 1);
	return idPage(rows, limit);
}

/**
 * Accounts whose name, now or before, has these letters somewhere, newest first, for moderators, who learn no address.
 * @throws {Refusal} 401, 403 for others, 400 for a bad cursor, 429 for searching very fast.
 */
export async function named(
	db: Database,
	actor: Actor,
	input: { name: string; cursor?: string | null }
): Promise<{ items: Account[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const before = idOf(input.cursor);
	await db.write((tx) => limits.take(tx, limits.search, actor));
	const rows = await db.read
		.select(accountColumns)
		.from(accounts)
		.where(
			and(
				isNull(accounts.deletedAt),
				matching(db.read, input.name),
				before === undefined ? undefined : lt(accounts.id, before)
			)
		)
		.orderBy(desc(accounts.id))
		.limit(PAGE + 1);
	return idPage(rows, PAGE);
}

/**
 * Makes an account of any role, for the operator and administrators, who may also use the names
 * that are kept for the newsroom.
 * @throws {Refusal} 401, 403, 422 with the field that breaks a rule, 409 when taken.
 */
export async function create(
	db: Database,
	actor: Actor,
	input: NewAccount & { role: Role }
): Promise<Account> {
	requireRole(actor, 'admin');
	const candidate = await check(db, input, { reservedToo: true });
	return enrol(db, actor, candidate, { role: input.role, emailConfirmedAt: now() });
}
