import * as v from 'valibot';
import { config } from '../../config.ts';
import type { Read } from '../../database/database.ts';
import * as settings from '../../settings/settings.ts';
import type { Setting } from '../../settings/settings.ts';

/** What the newsroom asks of new accounts. */
export interface SignUpRules {
	/** Whether an e-mail address has to be confirmed before its account may post, recommend and report. */
	confirmFirst: boolean;
}

/** See `SignUpRules`. */
export const signUpRules: Setting<SignUpRules> = {
	key: 'sign-up',
	schema: v.object({ confirmFirst: v.boolean() }),
	initial: { confirmFirst: true },
	role: 'admin'
};

/** Whether an account has to confirm its address before it takes part; never where no mail can be sent. */
export async function mustConfirm(
	read: Read,
	{ unconfirmed }: { unconfirmed?: boolean }
): Promise<boolean> {
	if (!unconfirmed || config().mail === null) return false;
	return (await settings.cached(read, signUpRules)).value.confirmFirst;
}
