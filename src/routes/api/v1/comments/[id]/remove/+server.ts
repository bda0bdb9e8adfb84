import { verb } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';

export const POST = verb('remove');
export const fallback = otherMethods('POST');
