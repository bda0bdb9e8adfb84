import { asc, desc, sql, type SQL } from 'drizzle-orm';
import type { Placeholder } from 'drizzle-orm';
import { decodeCursor, encodeCursor, isWholeNumber } from '../cursors.ts';
import { comments } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import { SORTS, type Sort } from './view.ts';

/** What a conversation reads like without being asked: as it was held. */
export const DEFAULT_SORT: Sort = 'oldest';

/** The sort of an address. @throws {Refusal} 400 for one that does not exist */
export function readSort(text: string | null | undefined): Sort {
	if (!text) return DEFAULT_SORT;
	const sort = SORTS.find((known) => known === text);
	if (sort) return sort;
	throw new Refusal(400, 'bad-sort', `The sort must be one of ${SORTS.join(', ')}.`);
}

/** What a sort goes by: a rank, if it has one, then the time, which the id tells. */
interface Order {
	rank: 'score' | 'replyCount' | null;
	descending: boolean;
}

/**
 * "Best" is the order of recommendations: with nothing but recommendations to go by, Wilson's lower
 * bound rises with their number, so the number itself gives the same order.
 */
const ORDERS: Record<Sort, Order> = {
	newest: { rank: null, descending: true },
	oldest: { rank: null, descending: false },
	best: { rank: 'score', descending: true },
	replied: { rank: 'replyCount', descending: true }
};

/** The order of a sort; `back` is the same from its end. */
export function orderOf(sort: Sort, back = false): SQL[] {
	const { rank, descending } = ORDERS[sort];
	const direction = descending === back ? asc : desc;
	return [...(rank ? [direction(comments[rank])] : []), direction(comments.id)];
}

/** A root's place in an order. */
export interface RootPlace {
	/** What the sort goes by before the time; 0 where it goes by the time alone. */
	rank: number;
	id: string;
}

/** A place in a list of roots, from which it is read on, or back. */
export interface Turn extends RootPlace {
	back: boolean;
}

/** The place of a root in a sort. */
export function placeOf(
	sort: Sort,
	root: { id: string; score: number; replyCount: number }
): RootPlace {
	const { rank } = ORDERS[sort];
	return { rank: rank ? root[rank] : 0, id: root.id };
}

/** The cursor of the roots after a place in a sort, or, for `back`, of those before it. */
export function cursorOf(sort: Sort, { rank, id }: RootPlace, back = false): string {
	return encodeCursor([sort, rank, id, ...(back ? ['back'] : [])]);
}

/** Reads a cursor of this sort. @throws {Refusal} 400 when it is none */
export function readCursor(sort: Sort, cursor: string): Turn {
	const [, rank, id, back] = decodeCursor<[string, number, string, ...string[]]>(
		cursor,
		(parts): parts is [string, number, string, ...string[]] =>
			(parts.length === 3 || (parts.length === 4 && parts[3] === 'back')) &&
			parts[0] === sort &&
			isWholeNumber(parts[1]) &&
			isId(parts[2])
	);
	return { rank, id, back: back !== undefined };
}

/**
 * The condition that a root comes after a place in a sort, or, for `back`, before it. Compared as a
 * pair, so that it is one range of the sort's index.
 */
export function isBeyond(
	sort: Sort,
	place: { rank: Placeholder | number; id: Placeholder | string },
	back = false
): SQL {
	const { rank, descending } = ORDERS[sort];
	const beyond = descending === back ? sql`>` : sql`<`;
	if (!rank) return sql`${comments.id} ${beyond} ${place.id}`;
	return sql`(${comments[rank]}, ${comments.id}) ${beyond} (${place.rank}, ${place.id})`;
}
