import { otherMethods } from '#lib/api/endpoint.ts';
import { decision } from '#lib/api/problems.ts';
import { correct } from '#lib/server/problems/desk.ts';

export const POST = decision(correct);
export const fallback = otherMethods('POST');
