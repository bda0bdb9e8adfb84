import * as sitemap from '#lib/feeds/sitemap.ts';
import { answer, here } from '#lib/http/feeds.ts';
import type { RequestHandler } from './$types';

/** Where all that can be found stands. Whatever changes it raises the site's revision. */
export const GET: RequestHandler = async ({ locals: { db } }) =>
	answer('application/xml', await sitemap.index(db, here()));
