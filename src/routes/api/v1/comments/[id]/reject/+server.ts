import { decision } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';

export const POST = decision('reject');
export const fallback = otherMethods('POST');
