import { act } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';
import { unpick } from '#lib/server/comments/picks.ts';

export const POST = act(unpick);
export const fallback = otherMethods('POST');
