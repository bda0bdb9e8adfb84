import type { Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import { isRefusal } from '../refusal.ts';
import * as claims from './claims.ts';
import * as decisions from './decide.ts';
import type { Decision } from './decide.ts';
import { review } from './review.ts';
import type { Verb } from './verbs.ts';

type Decide = (db: Database, actor: Actor, input: Decision) => Promise<void>;

const DECISIONS: Readonly<Record<Verb, Decide>> = { ...decisions, review };

/** At most so many are decided together. */
export const MOST_TOGETHER = 100;

/** A decision where several moderators work. */
export interface DeskDecision extends Decision {
	/** Also while somebody else looks at it. */
	anyway?: boolean;
}

/**
 * Decides about a comment, unless somebody else looks at it just now.
 * @throws {Refusal} as the verb itself, and 409 `claimed`.
 */
export async function decide(
	db: Database,
	actor: Actor,
	verb: Verb,
	{ anyway = false, ...input }: DeskDecision
): Promise<void> {
	if (!anyway) await claims.assertFree(db.read, actor, input.id);
	await DECISIONS[verb](db, actor, input);
}

/** What became of comments that were decided about together. */
export interface Together {
	/** Ids. */
	done: string[];
	/** Those that were decided already, or that are somebody else's matter, and why. */
	left: { id: string; why: string }[];
}

/**
 * Decides about many comments alike, each in a transaction of its own: what somebody else decided
 * meanwhile, or looks at, is left. At most `MOST_TOGETHER`, the first.
 * @throws {Refusal} 422 as the verb itself, with nothing decided.
 */
export async function together(
	db: Database,
	actor: Actor,
	verb: Verb,
	{ ids, ...input }: Omit<Decision, 'id'> & { ids: readonly string[] }
): Promise<Together> {
	const result: Together = { done: [], left: [] };
	for (const id of new Set(ids.slice(0, MOST_TOGETHER))) {
		try {
			await decide(db, actor, verb, { ...input, id });
			result.done.push(id);
		} catch (thrown) {
			// What is wrong with the reason is wrong with all of them.
			if (!isRefusal(thrown) || thrown.status === 422) throw thrown;
			result.left.push({ id, why: thrown.message });
		}
	}
	return result;
}
