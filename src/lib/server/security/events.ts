import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { securityEvents } from '../database/schema.ts';
import { within } from '../database/within.ts';
import { newId } from '../ids.ts';
import { log } from '../log.ts';
import type { SecurityEventKind } from './kinds.ts';

/** What is known of an event beside its kind and who did it. */
export interface Event {
	/** Whom it is about; the actor's own account unless it is said. */
	accountId?: string | null;
	/** Short facts for administrators: never a password, a token, a whole address or people's words. */
	details?: Record<string, string>;
}

/**
 * Keeps an event that bears on security, with who did it, from where and in which request, and
 * writes a line to the log that names nobody but by id.
 */
export async function record(
	db: Database | Tx,
	actor: Actor,
	kind: SecurityEventKind,
	{ accountId = actor.accountId, details = {} }: Event = {}
): Promise<void> {
	const { accountId: actorId, address, requestId = '' } = actor;
	const row = { id: newId(), kind, accountId, actorId, address, requestId, details };
	await within(db, (tx) => tx.insert(securityEvents).values({ ...row, createdAt: now() }));
	log('info', 'security', { kind, account: accountId, actor: actorId, requestId });
}
