import { found } from '#lib/http/refusals.ts';
import * as own from '#lib/server/problems/own.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params, setHeaders, url }) => {
	// The address may be a secret: it goes nowhere, and nothing keeps the page.
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	const secret = url.searchParams.get('key');
	return {
		problem: await found(own.read(db, actor, { id: params.id, secret })),
		isSent: url.searchParams.has('sent')
	};
};
