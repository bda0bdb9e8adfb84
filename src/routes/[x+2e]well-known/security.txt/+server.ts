import { config } from '#lib/server/config.ts';
import { contactOf } from '#lib/server/security/contact.ts';
import { securityText } from '#lib/server/security/security-text.ts';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Whom to tell of a hole in the site (RFC 9116). */
export const GET: RequestHandler = async ({ locals: { db, tags } }) => {
	const contact = await contactOf(db.read);
	tags.clear();
	if (contact === null) error(404, 'There is no such page.');
	return new Response(securityText(contact, config().origin), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
	});
};
