import { otherMethods } from '#lib/api/endpoint.ts';
import { decision } from '#lib/api/problems.ts';
import { check } from '#lib/server/problems/desk.ts';

export const POST = decision(check);
export const fallback = otherMethods('POST');
