import { decision } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';
import { approve } from '#lib/server/moderation/decide.ts';

export const POST = decision(approve);
export const fallback = otherMethods('POST');
