import * as v from 'valibot';
import type { Setting } from '../settings/settings.ts';

/** When signing up asks the browser for work. */
export const GUARD_MODES = ['off', 'automatic', 'always'] as const;
/** See `GUARD_MODES`. */
export type GuardMode = (typeof GUARD_MODES)[number];

/** Whether who signs up has to let their browser work for some seconds first. */
export const signUpGuard: Setting<{ mode: GuardMode }> = {
	key: 'sign-up-guard',
	schema: v.object({ mode: v.picklist(GUARD_MODES, 'Choose when it is asked for.') }),
	initial: { mode: 'automatic' },
	role: 'admin'
};
