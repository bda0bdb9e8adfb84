import { and, eq, ne, or } from 'drizzle-orm';
import type { Read, Tx } from '../../database/database.ts';
import { accounts, previousNames } from '../../database/schema.ts';
import { Refusal } from '../../refusal.ts';
import type { Name } from './names.ts';

/** 409 for a name that somebody has or had; names are public, so it may be said. */
export function nameTaken(): Refusal {
	return new Refusal(
		409,
		'name-taken',
		'Somebody has this name, or one that looks like it. Please choose another.',
		{ field: 'name' }
	);
}

/** Whether anybody but an account had a name, or one that looks like it, before they took another. */
async function wasAnothers(read: Read, name: Name, ownId: string): Promise<boolean> {
	const { nameKey, nameSkeleton, accountId } = previousNames;
	const rows = await read
		.select({ key: nameKey })
		.from(previousNames)
		.where(and(or(eq(nameKey, name.key), eq(nameSkeleton, name.skeleton)), ne(accountId, ownId)))
		.limit(1);
	return rows.length > 0;
}

/** Whether anybody but an account (`ownId`, '' for none) has or had a name, or one that looks like it. */
export async function isTaken(read: Read, name: Name, ownId = ''): Promise<boolean> {
	const { id, nameKey, nameSkeleton } = accounts;
	const rows = await read
		.select({ id })
		.from(accounts)
		.where(and(or(eq(nameKey, name.key), eq(nameSkeleton, name.skeleton)), ne(id, ownId)))
		.limit(1);
	return rows.length > 0 || wasAnothers(read, name, ownId);
}

/**
 * For after a name was given, in the same transaction: of a present name there can be but one, of an
 * earlier one somebody may have taken leave at the same moment.
 * @throws {Refusal} 409 `name-taken` when another account had it.
 */
export async function assertNeverAnothers(tx: Tx, name: Name, ownId: string): Promise<void> {
	if (await wasAnothers(tx, name, ownId)) throw nameTaken();
}
