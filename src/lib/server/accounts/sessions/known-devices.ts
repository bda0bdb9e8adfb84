import { and, eq, lt } from 'drizzle-orm';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { knownDevices } from '../../database/schema.ts';
import { within } from '../../database/within.ts';
import { digest, newSecret } from '../secrets.ts';

/** A browser that does not sign in for so long is a new one again. */
export const DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;

function row(secret: string, accountId: string) {
	return and(eq(knownDevices.id, digest(secret)), eq(knownDevices.accountId, accountId));
}

/** Whether a browser, by what its cookie holds ('' for nothing), signed in to an account before. */
export async function isKnown(read: Read, secret: string, accountId: string): Promise<boolean> {
	return (await read.$count(knownDevices, row(secret, accountId))) > 0;
}

/** Whether any browser signed in to an account before. */
export async function hasAny(read: Read, accountId: string): Promise<boolean> {
	return (await read.$count(knownDevices, eq(knownDevices.accountId, accountId))) > 0;
}

/**
 * Remembers a browser for an account; gives the secret for its cookie: the one that it held, if that
 * was ours, which other accounts may have too, or a new one.
 */
export async function remember(tx: Tx, accountId: string, held: string): Promise<string> {
	const isOurs = (await tx.$count(knownDevices, eq(knownDevices.id, digest(held)))) > 0;
	const secret = isOurs ? held : newSecret();
	const seenAt = now();
	await tx
		.insert(knownDevices)
		.values({ id: digest(secret), accountId, createdAt: seenAt, seenAt })
		.onConflictDoUpdate({ target: [knownDevices.id, knownDevices.accountId], set: { seenAt } });
	return secret;
}

/** Forgets the browsers that did not sign in for a year. */
export async function sweep(db: Database | Tx): Promise<void> {
	const first = new Date(now().getTime() - DAYS * DAY_MS);
	await within(db, (tx) => tx.delete(knownDevices).where(lt(knownDevices.seenAt, first)));
}
