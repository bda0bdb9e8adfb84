import { decision } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';
import { remove } from '#lib/server/moderation/decide.ts';

export const POST = decision(remove);
export const fallback = otherMethods('POST');
