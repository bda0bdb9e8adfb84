import { act } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';
import { pick } from '#lib/server/comments/picks.ts';

export const POST = act(pick);
export const fallback = otherMethods('POST');
