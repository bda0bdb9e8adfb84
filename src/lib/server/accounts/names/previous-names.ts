import { and, desc, eq, isNull } from 'drizzle-orm';
import { now } from '../../clock.ts';
import type { Read, Tx } from '../../database/database.ts';
import { accounts, previousNames } from '../../database/schema.ts';
import { lookupKey, type Name } from './names.ts';

/** A name that an account had. */
export interface PreviousName {
	name: string;
	endedAt: Date;
}

// One a month, and nobody reads further back.
const MOST = 50;

/** What somebody is called now who had a name, however it is written; null if nobody had it. */
export async function nowCalled(read: Read, name: string): Promise<string | null> {
	const key = lookupKey(name);
	if (key === null) return null;
	const [row] = await read
		.select({ name: accounts.name })
		.from(previousNames)
		.innerJoin(accounts, eq(accounts.id, previousNames.accountId))
		.where(and(eq(previousNames.nameKey, key), isNull(accounts.deletedAt)));
	return row?.name ?? null;
}

/** The names that an account had, the last first. */
export function of(read: Read, accountId: string): Promise<PreviousName[]> {
	return read
		.select({ name: previousNames.name, endedAt: previousNames.endedAt })
		.from(previousNames)
		.where(eq(previousNames.accountId, accountId))
		.orderBy(desc(previousNames.endedAt))
		.limit(MOST);
}

/** Keeps the name that an account gives up for another; one that it takes back is no previous one any more. */
export async function keep(
	tx: Tx,
	accountId: string,
	{ from, to }: { from: Name; to: Name }
): Promise<void> {
	const { nameKey, accountId: owner } = previousNames;
	await tx.delete(previousNames).where(and(eq(nameKey, to.key), eq(owner, accountId)));
	if (from.key === to.key) return;
	const { name, key, skeleton } = from;
	const row = { nameKey: key, nameSkeleton: skeleton, name, accountId, endedAt: now() };
	await tx.insert(previousNames).values(row);
}
