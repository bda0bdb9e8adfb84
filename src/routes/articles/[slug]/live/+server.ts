import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { within } from '#lib/server/actor.ts';
import * as moments from '#lib/server/live/moment.ts';
import { readable } from '#lib/server/live/source.ts';
import * as streams from '#lib/server/live/streams.ts';
import { handOverEvents } from '#lib/server/monitoring/visits.ts';
import { Refusal } from '#lib/server/refusal.ts';
import type { RequestHandler } from './$types';

const TYPE = 'text/event-stream';
const HEADERS = { 'content-type': TYPE, 'cache-control': 'no-store' };

/** The moment that the page shows, or the last that a browser heard of before it came back. */
function sinceOf(request: Request, url: URL): moments.Moment | null {
	return moments.read(request.headers.get('last-event-id') ?? url.searchParams.get('since') ?? '');
}

export const GET: RequestHandler = endpoint(
	async ({ locals: { db, actor, tags }, params: { slug }, request, url }) => {
		const { id: articleId, categoryId } = await listing.articleOf(db, actor, slug);
		// Whoever does not ask for a stream, a crawler say, would wait for its end.
		if (!request.headers.get('accept')?.includes(TYPE)) {
			throw new Refusal(406, 'stream', `This address answers with ${TYPE} only.`);
		}
		// A stream is no page that is kept while what it shows is the same.
		tags.clear();
		const since = sinceOf(request, url);
		// The body of an answer to HEAD is read all the same, and would have no end.
		const isRead = request.method === 'GET';
		const source = isRead
			? streams.open(db, within(actor, categoryId), { articleId, since })
			: null;
		const isHandedOver = source === null || handOverEvents(source);
		return new Response(isHandedOver ? null : readable(source), { headers: HEADERS });
	}
);
export const fallback = otherMethods('GET');
