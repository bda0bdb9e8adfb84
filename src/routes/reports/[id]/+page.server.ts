import { found } from '#lib/http/refusals.ts';
import * as notices from '#lib/server/moderation/notices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params: { id }, setHeaders, url }) => {
	// The address is a secret: nobody keeps the page, and no link from it says where it was.
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	const secret = url.searchParams.get('key');
	return {
		notice: await found(notices.read(db, { id, secret })),
		sent: url.searchParams.has('sent')
	};
};
