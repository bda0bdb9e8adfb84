import { otherMethods } from '#lib/api/endpoint.ts';
import { describe } from '#lib/api/openapi.ts';
import type { RequestHandler } from './$types';

const description = describe();

export const GET: RequestHandler = () => Response.json(description);
export const fallback = otherMethods('GET');
