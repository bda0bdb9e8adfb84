import { decision } from '#lib/api/decisions.ts';
import { otherMethods } from '#lib/api/endpoint.ts';

export const POST = decision('review');
export const fallback = otherMethods('POST');
