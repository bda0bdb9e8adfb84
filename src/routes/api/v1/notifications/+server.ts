import { endpoint, originOf, otherMethods } from '#lib/api/endpoint.ts';
import { answer } from '#lib/api/json.ts';
import { asNotification } from '#lib/api/notifications.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import type { RequestEvent } from './$types';

export const GET = endpoint(async ({ locals: { db, actor }, request, url }: RequestEvent) => {
	const cursor = url.searchParams.get('cursor');
	const { items, next } = await notifications.list(db, actor, { cursor });
	const origin = originOf(request);
	return answer('NotificationPage', {
		items: items.map((notification) => asNotification(origin, notification)),
		next,
		unread: await notifications.unread(db, actor)
	});
});

export const fallback = otherMethods('GET');
