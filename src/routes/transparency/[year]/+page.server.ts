import { found } from '#lib/http/refusals.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import * as transparency from '#lib/server/transparency/transparency.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params: { year }, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	return { report: serverOnly(await found(transparency.read(db, year))) };
};
