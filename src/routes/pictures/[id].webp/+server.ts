import { CLOSED_POLICY } from '#lib/http/headers.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A picture never changes: its id is a hash of it. */
export const GET: RequestHandler = async ({ locals: { db, tags }, params: { id } }) => {
	const image = await pictures.read(db.read, id);
	if (!image) error(404, 'There is no such picture.');
	tags.clear();
	return new Response(new Uint8Array(image), {
		headers: {
			'content-type': 'image/webp',
			'content-security-policy': CLOSED_POLICY,
			'cache-control': 'public, max-age=31536000, immutable'
		}
	});
};
