import { nothingHere } from '#lib/api/endpoint.ts';

export const fallback = nothingHere;
