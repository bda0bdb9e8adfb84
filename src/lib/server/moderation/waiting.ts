import { count, min } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import type { Database } from '../database/database.ts';
import * as problems from '../problems/problems.ts';
import * as appeals from './appeals/waiting.ts';
import type { Waiting } from './queue.ts';
import * as reported from './reported.ts';
import { casesIn, type Tab } from './tabs.ts';

/** How many of a part of the queue are counted; one more stands for more. */
export const MOST_COUNTED = 1000;

/** What waits in every part of the desk. */
export type Desk = Record<Tab | 'appeals' | 'problems', Waiting>;

/** What waits in a part of the queue. @throws {Refusal} 401 or 403 below moderator */
export async function waitingIn(db: Database, actor: Actor, tab: Tab): Promise<Waiting> {
	requireRole(actor, 'moderator');
	if (tab === 'reported') return reported.waiting(db, actor);
	const found = casesIn(db.read, actor, tab, { limit: MOST_COUNTED + 1 });
	const [row] = await db.read.select({ count: count(), oldest: min(found.createdAt) }).from(found);
	return row;
}

/** What waits for a moderator, part by part. @throws {Refusal} 401 or 403 below moderator */
export async function desk(db: Database, actor: Actor): Promise<Desk> {
	requireRole(actor, 'moderator');
	const [pending, reported, unreviewed, appealed, open] = await Promise.all([
		waitingIn(db, actor, 'pending'),
		waitingIn(db, actor, 'reported'),
		waitingIn(db, actor, 'unreviewed'),
		appeals.waiting(db, actor),
		problems.waiting(db, actor)
	]);
	return { pending, reported, appeals: appealed, problems: open, unreviewed };
}
