import { and, eq, ne, or, sql } from 'drizzle-orm';
import * as names from '../accounts/names.ts';
import * as roles from '../accounts/roles.ts';
import { accountColumns, type Account } from '../accounts/rows.ts';
import { system, type Role } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { isUniqueViolation } from '../database/errors.ts';
import { accounts, previousNames } from '../database/schema.ts';
import * as events from '../security/events.ts';
import * as site from '../site/site.ts';
import { allowedName } from './profile.ts';

async function isFree(tx: Tx, accountId: string, { key, skeleton }: names.Name): Promise<boolean> {
	const others = and(
		ne(accounts.id, accountId),
		or(eq(accounts.nameKey, key), eq(accounts.nameSkeleton, skeleton))
	);
	const before = and(
		ne(previousNames.accountId, accountId),
		or(eq(previousNames.nameKey, key), eq(previousNames.nameSkeleton, skeleton))
	);
	return (await tx.$count(accounts, others)) + (await tx.$count(previousNames, before)) === 0;
}

async function rename(tx: Tx, account: Account, name: names.Name): Promise<Account> {
	const { id: accountId } = account;
	const nameKey = names.nameKey(account.name);
	await tx.delete(previousNames).where(eq(previousNames.nameKey, name.key));
	if (nameKey !== name.key) {
		const nameSkeleton = names.nameSkeleton(account.name);
		const row = { nameKey, nameSkeleton, name: account.name, accountId, endedAt: now() };
		await tx.insert(previousNames).values(row);
	}
	const [renamed] = await tx
		.update(accounts)
		.set({
			...{ name: name.name, nameKey: name.key, nameSkeleton: name.skeleton, renamedAt: now() },
			revision: sql`${accounts.revision} + 1`
		})
		.where(eq(accounts.id, accountId))
		.returning(accountColumns);
	await site.touch(tx);
	await events.record(tx, system, 'name.changed', { accountId });
	return renamed;
}

/** Gives an account the name that its owner has elsewhere, if it is one that we allow and nobody else's. */
export async function followName(db: Database, account: Account, text: string): Promise<Account> {
	const name = allowedName(text);
	if (name === null || name.name === account.name) return account;
	try {
		return await db.write(async (tx) =>
			(await isFree(tx, account.id, name)) ? rename(tx, account, name) : account
		);
	} catch (thrown) {
		// Somebody took it at this moment.
		if (isUniqueViolation(thrown)) return account;
		throw thrown;
	}
}

/** Gives an account the role that it has elsewhere, null for none; an administrator stays one. */
export async function followRole(
	db: Database,
	account: Account,
	role: Role | null
): Promise<Account> {
	if (role === null || account.role === role || account.role === 'admin') return account;
	return roles.give(db, system, { name: account.name, role });
}
