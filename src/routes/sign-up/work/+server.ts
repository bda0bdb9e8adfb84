import { problem } from '#lib/api/json.ts';
import * as work from '#lib/server/accounts/signing-up/work.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A task for the browser of somebody who signs up. */
export const POST: RequestHandler = async ({ locals: { db, actor } }) => {
	try {
		return json(await work.give(db, actor), { headers: { 'cache-control': 'no-store' } });
	} catch (thrown) {
		if (!isRefusal(thrown)) throw thrown;
		return problem(thrown);
	}
};
