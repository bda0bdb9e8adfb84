import { isTaken } from '../accounts/names/taken-names.ts';
import * as renaming from '../accounts/names/renaming.ts';
import * as roles from '../accounts/roles.ts';
import type { Account } from '../accounts/rows.ts';
import { system, type Role } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { isUniqueViolation } from '../database/errors.ts';
import { isRefusal } from '../refusal.ts';
import { allowedName } from './profile.ts';

/** Gives an account the name that its owner has elsewhere, if it is one that we allow and nobody else's. */
export async function followName(db: Database, account: Account, text: string): Promise<Account> {
	const name = allowedName(text);
	if (name === null || name.name === account.name) return account;
	try {
		return await db.write(async (tx) => {
			const row = await renaming.lock(tx, account.id);
			if (!row || (await isTaken(tx, name, account.id))) return account;
			return renaming.give(tx, system, row, name);
		});
	} catch (thrown) {
		// Somebody took it at this moment.
		if (isUniqueViolation(thrown) || isRefusal(thrown)) return account;
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
