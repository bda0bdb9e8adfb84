import { decision } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';
import { pick } from '#lib/server/comments/picks.ts';

export const POST = decision(pick);
export const fallback = otherMethods('POST');
