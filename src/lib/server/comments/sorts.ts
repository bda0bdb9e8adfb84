import { and, asc, desc, eq, gt, lt, or } from 'drizzle-orm';
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

/**
 * The order of each sort. "Best" is the order of recommendations: with nothing but recommendations to
 * go by, Wilson's lower bound rises with their number, so the number itself gives the same order.
 */
export function orderOf(sort: Sort) {
	if (sort === 'best') return [desc(comments.score), desc(comments.id)];
	return [sort === 'newest' ? desc(comments.id) : asc(comments.id)];
}

/** A root's place in an order. */
export interface RootPlace {
	id: string;
	score: number;
}

/** The cursor of a root in a sort. */
export function cursorOf(sort: Sort, root: RootPlace): string {
	return encodeCursor([sort, root.score, root.id]);
}

/** Reads a cursor of this sort. @throws {Refusal} 400 when it is none */
export function readCursor(sort: Sort, cursor: string): RootPlace {
	const [, score, id] = decodeCursor<[string, number, string]>(
		cursor,
		(parts): parts is [string, number, string] =>
			parts.length === 3 && parts[0] === sort && isWholeNumber(parts[1]) && isId(parts[2])
	);
	return { score, id };
}

/** The condition that a root comes after a place in a sort. */
export function isAfter(sort: Sort, { id, score }: RootPlace) {
	if (sort === 'newest') return lt(comments.id, id);
	if (sort === 'oldest') return gt(comments.id, id);
	return or(lt(comments.score, score), and(eq(comments.score, score), lt(comments.id, id)));
}
