import { isId } from '#lib/server/ids.ts';
import { ACTION_KINDS } from '#lib/server/moderation/kinds.ts';
import type { LogFilter } from '#lib/server/moderation/log.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
// What `<input type="date">` sends; the form says that days are UTC.
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The beginning of a day in UTC; undefined for what is none. */
function dayOf(text: string | null): Date | undefined {
	if (text === null || !DAY.test(text)) return undefined;
	const day = new Date(text);
	return Number.isNaN(day.getTime()) ? undefined : day;
}

/** The part of the log that an address asks for; what makes no sense is as if it were not there. */
export function readLogFilter(query: URLSearchParams): LogFilter {
	const act = query.get('act');
	const to = dayOf(query.get('to'));
	return {
		kind: ACTION_KINDS.find((known) => known === query.get('kind')),
		article: query.get('article')?.trim() || undefined,
		from: dayOf(query.get('from')),
		before: to && new Date(to.getTime() + DAY_MS),
		act: isId(act) ? act : undefined,
		cursor: query.get('cursor')
	};
}
