import { otherMethods } from '#lib/api/endpoint.ts';
import { decision } from '#lib/api/problems.ts';
import { dismiss } from '#lib/server/problems/desk.ts';

export const POST = decision(dismiss);
export const fallback = otherMethods('POST');
