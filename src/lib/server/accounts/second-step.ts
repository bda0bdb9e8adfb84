import type { Database, Read } from '../database/database.ts';
import * as challenges from './challenges.ts';
import type { SignInMethod } from './sign-in-methods.ts';

/** A sign-in that waits for so long for its second factor. */
export const MINUTES = 10;

/** A sign-in whose first factor was right. */
export interface Waiting {
	accountId: string;
	/** What the first factor was. */
	method: SignInMethod;
	/** Where its reader goes afterwards. */
	next: string;
}

/** Keeps a sign-in for its second step; gives the secret for the browser's cookie. */
export function begin(db: Database, { accountId, method, next }: Waiting): Promise<string> {
	const data = { method, next };
	return db.write((tx) =>
		challenges.begin(tx, { kind: 'second-step', accountId, data, minutes: MINUTES })
	);
}

/** The sign-in that waits under a secret; null when none does or it waited too long. */
export async function look(read: Read, secret: string): Promise<Waiting | null> {
	const pending = await challenges.look(read, 'second-step', secret);
	if (!pending?.accountId) return null;
	const { method, next } = pending.data as Pick<Waiting, 'method' | 'next'>;
	return { accountId: pending.accountId, method, next };
}
