import { and, asc, desc, eq, gt, lt, or, type SQL } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { decodeCursor, encodeCursor, isTime, isWholeNumber, takePage } from '../cursors.ts';
import type { Database } from '../database/database.ts';
import { isId } from '../ids.ts';
import * as cases from './cases.ts';
import { casesIn, type Tab } from './tabs.ts';

export { TABS, type Tab } from './tabs.ts';

const PAGE = 30;
/**
 * Of more than these, the oldest wait to be put in order (of what nobody looked at, the newest, which
 * are read most): a page costs the same however much waits.
 */
const MOST_SORTED = 5000;

/** How much waits, and since when the oldest of it does. */
export interface Waiting {
	count: number;
	oldest: Date | null;
}

/** Where a page ended, and at what time its order was reckoned. */
type Place = [priority: number, id: string, at: number];

function isPlace(parts: unknown[]): parts is Place {
	return parts.length === 3 && isWholeNumber(parts[0]) && isId(parts[1]) && isTime(parts[2]);
}

/**
 * A page of a part of the queue: what may do most harm to most readers first, of equals the oldest.
 * @throws {Refusal} 401 or 403 below moderator, 400 for a bad cursor.
 */
export async function page(
	db: Database,
	actor: Actor,
	input: { tab: Tab; cursor?: string | null }
): Promise<{ items: cases.Case[]; next: string | null }> {
	requireRole(actor, 'moderator');
	const place = input.cursor ? decodeCursor<Place>(input.cursor, isPlace) : null;
	const at = place ? new Date(place[2]) : now();
	const newest = input.tab === 'unreviewed';
	const sorted = casesIn(db.read, actor, input.tab, { at, newest, limit: MOST_SORTED });
	const after: SQL | undefined = place
		? or(lt(sorted.priority, place[0]), and(eq(sorted.priority, place[0]), gt(sorted.id, place[1])))
		: undefined;
	const rows = await db.read
		.select({ id: sorted.id, priority: sorted.priority })
		.from(sorted)
		.where(after)
		.orderBy(desc(sorted.priority), asc(sorted.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	const last = items.at(-1);
	return {
		items: await cases.of(
			db,
			actor,
			items.map(({ id }) => id)
		),
		next: more && last ? encodeCursor([last.priority, last.id, at.getTime()]) : null
	};
}
