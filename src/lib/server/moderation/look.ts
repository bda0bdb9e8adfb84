import { and, count, gt, inArray, notInArray } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { comments, reports } from '../database/schema.ts';
import { isId } from '../ids.ts';
import * as claims from './claims.ts';
import { casesIn, type Tab } from './tabs.ts';
import { waitingIn } from './waiting.ts';

/** Cases that a page may show and ask about. */
export const MOST_ASKED = 100;
/** New cases that are counted; one more stands for more. */
export const MOST_NEW = 100;

/** How an open page of the queue stands: signals, and nothing that anybody wrote. */
export interface Look {
	/** What waits in the tab; as `MOST_COUNTED` has it. */
	count: number;
	/** How many came since, which the page does not show. */
	fresh: number;
	/** Of the cases shown, those that wait no longer. */
	gone: string[];
	/** Of the cases shown, those that others look at. */
	claims: { id: string; by: string }[];
}

/** What the page shows, and the id before which all was there when it was made. */
export interface LookInput {
	tab: Tab;
	since: string;
	/** The cases that the page shows. */
	ids: readonly string[];
}

/** Comments that came into a tab after an id was made. */
async function freshIn(db: Database, actor: Actor, { tab, since, ids }: LookInput) {
	const reportedSince = db.read
		.select({ id: reports.commentId })
		.from(reports)
		.where(gt(reports.id, since))
		.limit(MOST_NEW + ids.length + 1);
	const came = tab === 'reported' ? inArray(comments.id, reportedSince) : gt(comments.id, since);
	const unseen = ids.length === 0 ? undefined : notInArray(comments.id, [...ids]);
	const found = casesIn(db.read, actor, tab, {
		only: and(came, unseen),
		limit: MOST_NEW + 1
	});
	const [row] = await db.read.select({ count: count() }).from(found);
	return row.count;
}

/**
 * What has changed for an open page of the queue: whoever works there asks every few seconds, so it is
 * a few index ranges. Ids that are none are nobody's.
 * @throws {Refusal} 401 or 403 below moderator.
 */
export async function at(db: Database, actor: Actor, input: LookInput): Promise<Look> {
	requireRole(actor, 'moderator');
	const ids = input.ids.filter(isId).slice(0, MOST_ASKED);
	const since = isId(input.since) ? input.since : '';
	const waiting = await waitingIn(db, actor, input.tab);
	const fresh = since === '' ? 0 : await freshIn(db, actor, { ...input, ids, since });
	if (ids.length === 0) return { count: waiting.count, fresh, gone: [], claims: [] };
	const there = casesIn(db.read, actor, input.tab, {
		only: inArray(comments.id, ids),
		limit: MOST_ASKED
	});
	const rows = await db.read.select({ id: there.id }).from(there);
	const still = new Set(rows.map(({ id }) => id));
	const held = await claims.of(db.read, actor, [...still]);
	return {
		count: waiting.count,
		fresh,
		gone: ids.filter((id) => !still.has(id)),
		claims: [...held].flatMap(([id, { by, mine }]) => (mine ? [] : [{ id, by }]))
	};
}
