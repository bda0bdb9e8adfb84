import { csv } from '#lib/format/csv.ts';
import { readEventFilter, tableOfEvents } from '#lib/forms/security.ts';
import { guard } from '#lib/http/guards.ts';
import { found } from '#lib/http/refusals.ts';
import * as security from '#lib/server/security/list.ts';
import type { RequestHandler } from './$types';

/** The security events as a file. */
export const GET: RequestHandler = async (event) => {
	// No layout guards what is no page.
	guard(event);
	const { db, actor } = event.locals;
	const filter = readEventFilter(event.url.searchParams);
	const events = await found(security.exported(db, actor, filter));
	return new Response(csv(tableOfEvents(events)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="security-events.csv"'
		}
	});
};
