import { decision } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';
import { reject } from '#lib/server/moderation/decide.ts';

export const POST = decision(reject);
export const fallback = otherMethods('POST');
