import { isId } from '#lib/server/ids.ts';
import { ACTION_KINDS } from '#lib/server/moderation/kinds.ts';
import type { LogFilter } from '#lib/server/moderation/log.ts';
import { daysOf } from './days.ts';

/** The part of the log that an address asks for; what makes no sense is as if it were not there. */
export function readLogFilter(query: URLSearchParams): LogFilter {
	const act = query.get('act');
	return {
		kind: ACTION_KINDS.find((known) => known === query.get('kind')),
		article: query.get('article')?.trim() || undefined,
		...daysOf(query),
		act: isId(act) ? act : undefined,
		cursor: query.get('cursor')
	};
}
