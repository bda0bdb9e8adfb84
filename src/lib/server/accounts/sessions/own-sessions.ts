import { and, desc, eq, gt, ne } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { sessions } from '../../database/schema.ts';
import { notFound } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import type { SignInMethod } from './sign-in-methods.ts';

/** A browser that is signed in, as its owner's list shows it. */
export interface OwnSession {
	/** Names it; no credential. */
	handle: string;
	/** The browser and system in words; '' when it did not say. */
	device: string;
	method: SignInMethod;
	createdAt: Date;
	/** To the hour or so. */
	seenAt: Date;
	/** The network address that it was last used from. */
	address: string | null;
	/** It is the one that asks. */
	here: boolean;
}

/** The actor's sessions that have not ended, the last used first. @throws {Refusal} 401 for a guest. */
export async function list(db: Database, actor: Actor): Promise<OwnSession[]> {
	requireAccount(actor);
	const mine = and(eq(sessions.accountId, actor.accountId), gt(sessions.expiresAt, now()));
	const rows = await db.read.select().from(sessions).where(mine).orderBy(desc(sessions.seenAt));
	return rows.map(({ handle, device, method, createdAt, seenAt, address }) => ({
		...{ handle, device, method, createdAt, address },
		seenAt: seenAt ?? createdAt,
		here: handle === actor.session?.handle
	}));
}

/** Ends one of the actor's sessions. @throws {Refusal} 401 for a guest, 404. */
export async function end(db: Database, actor: Actor, handle: string): Promise<void> {
	requireAccount(actor);
	const one = and(eq(sessions.accountId, actor.accountId), eq(sessions.handle, handle));
	await db.write(async (tx) => {
		const [ended] = await tx.delete(sessions).where(one).returning();
		if (!ended) throw notFound('session');
		await events.record(tx, actor, 'session.ended', { details: { device: ended.device } });
	});
}

/** Ends all of the actor's sessions but the one that asks. @throws {Refusal} 401 for a guest. */
export async function endOthers(db: Database, actor: Actor): Promise<void> {
	requireAccount(actor);
	const others = and(
		eq(sessions.accountId, actor.accountId),
		ne(sessions.handle, actor.session?.handle ?? '')
	);
	await db.write(async (tx) => {
		await tx.delete(sessions).where(others);
		await events.record(tx, actor, 'sessions.ended');
	});
}
