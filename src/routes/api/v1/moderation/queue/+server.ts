import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asCase } from '#lib/api/queue.ts';
import { tabOf } from '#lib/http/queue-tab.ts';
import { withTexts } from '#lib/server/comments/texts.ts';
import * as queue from '#lib/server/moderation/queue.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, request, url }: RequestEvent) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await queue.page(db, actor, { tab: tabOf(url), cursor });
	const texts = await withTexts(
		db.read,
		items.map((item) => item.comment)
	);
	const origin = originOf(request);
	return answer('QueuePage', {
		items: items.map((item, index) => asCase(origin, item, texts[index])),
		next
	});
});

export const fallback = otherMethods('GET');
