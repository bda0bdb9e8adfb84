import * as sitemap from '#lib/feeds/sitemap.ts';
import { answer, here } from '#lib/http/feeds.ts';
import { guides } from '../../help/guides.ts';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

const HELP = ['/help', ...guides.map(({ slug }) => `/help/${slug}`)];

/** A part of what can be found. Whatever changes it raises the site's revision. */
export const GET: RequestHandler = async ({ locals: { db }, params: { name } }) => {
	const text = await sitemap.read(db, here(), { name, guides: HELP });
	if (text === null) error(404, 'There is no such sitemap.');
	return answer('application/xml', text);
};
