import { SECURITY_EVENT_KINDS } from '#lib/server/security/kinds.ts';
import type { EventFilter, EventView } from '#lib/server/security/list.ts';
import type { Cell } from '../format/csv.ts';
import { daysOf } from './days.ts';

/** The fields of the form that narrows the security events. */
export const EVENT_FIELDS = ['kind', 'name', 'address', 'from', 'to'] as const;

/** The events that an address asks for; what makes no sense is as if it were not there. */
export function readEventFilter(query: URLSearchParams): EventFilter {
	return {
		kind: SECURITY_EVENT_KINDS.find((known) => known === query.get('kind')),
		name: query.get('name')?.trim() || undefined,
		address: query.get('address')?.trim() || undefined,
		...daysOf(query)
	};
}

const HEADINGS = ['time', 'kind', 'actor', 'account', 'address', 'request', 'details'];

/** Events as a table, for a file. */
export function tableOfEvents(events: readonly EventView[]): Cell[][] {
	const rows = events.map(({ kind, at, actor, account, address, requestId, details }) => [
		...[at.toISOString(), kind, actor ?? '', account ?? '', address ?? '', requestId],
		Object.entries(details)
			.map(([name, value]) => `${name}: ${value}`)
			.join('; ')
	]);
	return [HEADINGS, ...rows];
}
