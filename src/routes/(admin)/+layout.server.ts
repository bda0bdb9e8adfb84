import { guard } from '#lib/http/guards.ts';

export const load = guard;
