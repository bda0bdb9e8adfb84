import { and, eq, isNull, type SQL } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { accounts } from '../database/schema.ts';
import { emailKey } from './addresses/emails.ts';
import { lookupKey } from './names/names.ts';
import { accountColumns, type Account } from './rows.ts';

/** An account with what proves that somebody is its owner: for the rules of signing in, and no others. */
export interface Found {
	account: Account;
	passwordHash: string | null;
	email: string | null;
	emailKey: string | null;
}

async function find(read: Read, condition: SQL): Promise<Found | undefined> {
	const [row] = await read
		.select({
			account: accountColumns,
			passwordHash: accounts.passwordHash,
			email: accounts.email,
			emailKey: accounts.emailKey
		})
		.from(accounts)
		.where(and(condition, isNull(accounts.deletedAt)));
	return row;
}

/** The account of an id; a deleted one is found by none of these. */
export function byId(read: Read, id: string): Promise<Found | undefined> {
	return find(read, eq(accounts.id, id));
}

/** The account of an address, by its key. */
export function byEmailKey(read: Read, key: string): Promise<Found | undefined> {
	return find(read, eq(accounts.emailKey, key));
}

/** The account that somebody means who typed a name or an e-mail address. */
export async function byTyped(read: Read, typed: string): Promise<Found | undefined> {
	const byEmail = typed.includes('@');
	const key = byEmail ? emailKey(typed) : lookupKey(typed);
	if (key === null) return undefined;
	return find(read, eq(byEmail ? accounts.emailKey : accounts.nameKey, key));
}
