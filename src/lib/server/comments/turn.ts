import type { Actor } from '../actor.ts';
import type { Read } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import * as checks from '../moderation/screen/outside/checks.ts';
import { isLong, turnFor } from '../turns.ts';

/**
 * Waits for the turn of a text that is to be posted, or put in another's place. The transaction takes from the
 * limit; what costs more than that is not done for who is over it. @throws {Refusal} 429
 */
export async function waitForTurn(
	read: Read,
	limit: limits.Limit,
	actor: Actor,
	body: string
): Promise<void> {
	if (isLong(body) || checks.isAny()) await limits.ask(read, limit, actor);
	await turnFor(body, limits.keyOf(limit, actor));
}
