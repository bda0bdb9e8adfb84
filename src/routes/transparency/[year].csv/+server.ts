import { csv } from '#lib/format/csv.ts';
import { tableOf } from '#lib/format/transparency.ts';
import { found } from '#lib/http/refusals.ts';
import * as transparency from '#lib/server/transparency/transparency.ts';
import type { RequestHandler } from './$types';

/** The transparency report of a year as a file. */
export const GET: RequestHandler = async ({ locals: { db, tags }, params: { year } }) => {
	const report = await found(transparency.read(db, year));
	tags.clear();
	return new Response(csv(tableOf(report)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="transparency-${report.year}.csv"`,
			'cache-control': 'no-store'
		}
	});
};
