import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { securityEvents } from '../database/schema.ts';
import { within } from '../database/within.ts';
import { newId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { network } from '../limits/network.ts';
import { log } from '../log.ts';
import { isRefusal } from '../refusal.ts';
import { FLOODING, type SecurityEventKind } from './kinds.ts';

/** What is known of an event beside its kind and who did it. */
export interface Event {
	/** Whom it is about; the actor's own account unless it is said. */
	accountId?: string | null;
	/** Short facts for administrators: never a password, a token, a whole address or people's words. */
	details?: Record<string, string>;
}

/** Whether there is room for one more of a kind: a flood of failures must not fill the disk. */
async function hasRoom(tx: Tx, kind: SecurityEventKind, address: string | null): Promise<boolean> {
	if (address === null || !FLOODING.includes(kind)) return true;
	const subject = { network: `${kind}@${network(address)}`, account: kind };
	try {
		await limits.takeFor(tx, limits.securityEvent, subject);
		return true;
	} catch (thrown) {
		if (isRefusal(thrown)) return false;
		throw thrown;
	}
}

/**
 * Keeps an event that bears on security, with who did it, from where and in which request, and
 * writes a line to the log that names nobody but by id. Of what strangers can bring about by the
 * thousand only so much is kept.
 */
export async function record(
	db: Database | Tx,
	actor: Actor,
	kind: SecurityEventKind,
	{ accountId = actor.accountId, details = {} }: Event = {}
): Promise<void> {
	const { accountId: actorId, address, requestId = '' } = actor;
	const row = { id: newId(), kind, accountId, actorId, address, requestId, details };
	const isKept = await within(db, async (tx) => {
		if (!(await hasRoom(tx, kind, address))) return false;
		await tx.insert(securityEvents).values({ ...row, createdAt: now() });
		return true;
	});
	// The operator's commands say at the terminal what they did.
	if (!isKept || actor.role === 'system') return;
	log('info', 'security', { kind, account: accountId, actor: actorId, requestId });
}
