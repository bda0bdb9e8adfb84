import { and, eq, isNotNull } from 'drizzle-orm';
import type { Read } from '../database/database.ts';
import { authenticators, passkeys } from '../database/schema.ts';

/** Which second factors an account has. */
export interface Factors {
	/** An authenticator app that was shown to work. */
	authenticator: boolean;
	passkey: boolean;
}

/** Which second factors an account has. */
export async function of(read: Read, accountId: string): Promise<Factors> {
	const { accountId: column, confirmedAt } = authenticators;
	const confirmed = and(eq(column, accountId), isNotNull(confirmedAt));
	const app = read.select({ id: column }).from(authenticators).where(confirmed);
	const key = read.select({ id: passkeys.id }).from(passkeys);
	const [apps, keys] = [await app, await key.where(eq(passkeys.accountId, accountId)).limit(1)];
	return { authenticator: apps.length > 0, passkey: keys.length > 0 };
}

/** Whether an account has a second factor of any kind. */
export async function has(read: Read, accountId: string): Promise<boolean> {
	const { authenticator, passkey } = await of(read, accountId);
	return authenticator || passkey;
}
