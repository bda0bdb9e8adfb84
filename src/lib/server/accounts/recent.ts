import { requireAccount, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { Refusal } from '../refusal.ts';

/** For so long after somebody proved who they are they are not asked again. */
export const RECENT_MINUTES = 15;
/** The code of the refusal that asks for it: pages lead to `/account/confirm`. */
export const CONFIRM_FIRST = 'confirm-first';

/** Whether the actor proved not long ago who they are; the operator's commands need not. */
export function isRecent(actor: Actor): boolean {
	if (actor.role === 'system') return true;
	const at = actor.session?.authenticatedAt;
	return at != null && now().getTime() - at.getTime() < RECENT_MINUTES * 60_000;
}

/**
 * Asks for a fresh proof before an act that a stolen session must not be enough for (ASVS 7.5.1).
 * @throws {Refusal} 401 for a guest, 403 `confirm-first` when the last proof is too old.
 */
export function requireRecent(actor: Actor): void {
	if (isRecent(actor)) return;
	requireAccount(actor);
	throw new Refusal(403, CONFIRM_FIRST, 'Please confirm that it is you, then do this again.');
}
