import { robots } from '#lib/feeds/robots.ts';
import { answer } from '#lib/http/feeds.ts';
import { config } from '#lib/server/config.ts';
import type { RequestHandler } from './$types';

/** What crawlers are asked. */
export const GET: RequestHandler = () => answer('text/plain', robots(config().origin));
