import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { atMost } from '#lib/format/counts.ts';
import { isDenied } from '#lib/http/guards.ts';
import { tabOf } from '#lib/http/queue-tab.ts';
import { at } from '#lib/server/moderation/look.ts';
import { MOST_COUNTED } from '#lib/server/moderation/waiting.ts';
import { notFound } from '#lib/server/refusal.ts';
import type { RequestEvent } from './$types';

/** What has changed for an open page of the queue. */
export const GET = endpoint(async (event: RequestEvent) => {
	const { locals, url } = event;
	// A layout guards pages only.
	if (isDenied(event)) throw notFound('page');
	const since = url.searchParams.get('since') ?? '';
	const ids = (url.searchParams.get('ids') ?? '').split(',');
	const look = await at(locals.db, locals.actor, { tab: tabOf(url), since, ids });
	const count = atMost(look.count, MOST_COUNTED);
	return Response.json({ ...look, count }, { headers: { 'cache-control': 'no-store' } });
});
export const fallback = otherMethods('GET');
