import { endpoint, otherMethods } from '#lib/api/endpoint.ts';
import { fields } from '#lib/http/forms.ts';
import * as claims from '#lib/server/moderation/claims.ts';
import type { RequestEvent } from './$types';

/** Claims a case for whoever looks at it, or gives it up. */
export const POST = endpoint(async ({ locals: { db, actor }, request }: RequestEvent) => {
	const { id, release } = await fields(request, 'id', 'release');
	await (release ? claims.release : claims.take)(db, actor, { id });
	return new Response(null, { status: 204 });
});
export const fallback = otherMethods('POST');
