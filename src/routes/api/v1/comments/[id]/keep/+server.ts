import { decision } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';
import { keep } from '#lib/server/moderation/decide.ts';

export const POST = decision(keep);
export const fallback = otherMethods('POST');
