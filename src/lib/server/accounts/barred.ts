import type { Barred } from '../actor.ts';

/** Why and until when an account may not take part at a time; null while it may. */
export function barredOf(
	account: { suspendedUntil: Date | null; bannedAt: Date | null },
	at: Date
): Barred | null {
	if (account.bannedAt !== null) return { kind: 'banned', until: null };
	if (account.suspendedUntil !== null && account.suspendedUntil > at) {
		return { kind: 'suspended', until: account.suspendedUntil };
	}
	return null;
}
