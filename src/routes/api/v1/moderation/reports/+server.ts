import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asReported } from '#lib/api/reports.ts';
import { withTexts } from '#lib/server/comments/texts.ts';
import * as reported from '#lib/server/moderation/reported.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, request, url }: RequestEvent) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await reported.open(db, actor, { cursor });
	const texts = await withTexts(
		db.read,
		items.map((item) => item.comment)
	);
	const origin = originOf(request);
	return answer('ReportPage', {
		items: items.map((item, index) => asReported(origin, item, texts[index])),
		next
	});
});

export const fallback = otherMethods('GET');
