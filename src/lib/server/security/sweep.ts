import { and, asc, gt, isNotNull, lt, lte } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { securityEvents } from '../database/schema.ts';
import { firstIdAt } from '../ids.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** An attack is looked into within weeks; whose address it was concerns nobody after that. */
export const ADDRESS_DAYS = 90;
/** Events are kept for a year, so that whoever comes back after it finds none of them. */
export const KEPT_DAYS = 365;
const AT_ONCE = 1000;

function before(days: number): string {
	return firstIdAt(new Date(now().getTime() - days * DAY_MS));
}

/** Takes the addresses out of the next rows after an id; gives the last of them, null at the end. */
async function forget(db: Database, after: string): Promise<string | null> {
	const { id, address } = securityEvents;
	const rows = await db.read
		.select({ id })
		.from(securityEvents)
		.where(and(gt(id, after), lt(id, before(ADDRESS_DAYS))))
		.orderBy(asc(id))
		.limit(AT_ONCE);
	const last = rows.at(-1)?.id;
	if (last === undefined) return null;
	await db.write((tx) =>
		tx
			.update(securityEvents)
			.set({ address: null })
			.where(and(gt(id, after), lte(id, last), isNotNull(address)))
	);
	return last;
}

/**
 * What deletes events that are a year old, and takes the addresses out of those that are ninety days
 * old. It remembers how far it came, so that each run looks at what has become old since.
 */
export function sweeper(db: Database): () => Promise<void> {
	let after = '';
	return async () => {
		await db.write((tx) =>
			tx.delete(securityEvents).where(lt(securityEvents.id, before(KEPT_DAYS)))
		);
		for (let next = await forget(db, after); next !== null; next = await forget(db, after)) {
			after = next;
		}
	};
}
