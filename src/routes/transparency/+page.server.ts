import * as transparency from '#lib/server/transparency/transparency.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	return { years: await transparency.years(db) };
};
