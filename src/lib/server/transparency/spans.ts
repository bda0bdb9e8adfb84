import { and, gte, lt, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { firstIdAt } from '../ids.ts';

/** A span of time: from its beginning, and before its end. */
export interface Span {
	from: Date;
	before: Date;
}

const MONTHS = 12;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A year in UTC. */
export function yearSpan(year: number): Span {
	return { from: new Date(Date.UTC(year, 0)), before: new Date(Date.UTC(year + 1, 0)) };
}

/** The months of a year in UTC. */
export function monthsOf(year: number): Span[] {
	return Array.from({ length: MONTHS }, (_, month) => ({
		from: new Date(Date.UTC(year, month)),
		before: new Date(Date.UTC(year, month + 1))
	}));
}

/** The days of a span. */
export function daysOf({ from, before }: Span): Span[] {
	const count = Math.round((before.getTime() - from.getTime()) / DAY_MS);
	const dayAt = (number: number) => new Date(from.getTime() + number * DAY_MS);
	return Array.from({ length: count }, (_, day) => ({ from: dayAt(day), before: dayAt(day + 1) }));
}

/** The condition that an id was given in a span: ids are in the order of time, so it is a range of them. */
export function givenIn(id: PgColumn, { from, before }: Span): SQL | undefined {
	return and(gte(id, firstIdAt(from)), lt(id, firstIdAt(before)));
}
