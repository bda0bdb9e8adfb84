import { csv } from '#lib/format/csv.ts';
import { readEventFilter, tableOfEvents } from '#lib/forms/security.ts';
import { found } from '#lib/http/refusals.ts';
import * as security from '#lib/server/security/list.ts';
import type { RequestHandler } from './$types';

/** The security events as a file. */
export const GET: RequestHandler = async ({ locals: { db, actor }, url }) => {
	const events = await found(security.exported(db, actor, readEventFilter(url.searchParams)));
	return new Response(csv(tableOfEvents(events)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="security-events.csv"'
		}
	});
};
