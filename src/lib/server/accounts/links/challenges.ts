import { and, eq, gt, lt } from 'drizzle-orm';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { challenges } from '../../database/schema.ts';
import { within } from '../../database/within.ts';
import type { ChallengeKind } from './challenge-kinds.ts';
import { digest, newSecret } from '../secrets.ts';

/** Something that was begun and waits for its answer. */
export interface Pending {
	accountId: string | null;
	data: Record<string, unknown>;
}

/** What is begun. */
export interface NewChallenge {
	kind: ChallengeKind;
	accountId?: string | null;
	data?: Record<string, unknown>;
	/** For how long its answer may be given. */
	minutes: number;
	/** What names it instead of a secret of our own, such as a challenge that a library made. */
	secret?: string;
}

/** Keeps what was begun under a secret, which it gives: for a cookie or a hidden field; only its hash is kept. */
export async function begin(tx: Tx, challenge: NewChallenge): Promise<string> {
	const { kind, accountId = null, data = {}, minutes, secret = newSecret() } = challenge;
	const createdAt = now();
	const expiresAt = new Date(createdAt.getTime() + minutes * 60_000);
	const row = { id: digest(secret), kind, accountId, data, createdAt, expiresAt };
	await tx.insert(challenges).values(row);
	return secret;
}

function waiting(kind: ChallengeKind, secret: string) {
	return and(
		eq(challenges.id, digest(secret)),
		eq(challenges.kind, kind),
		gt(challenges.expiresAt, now())
	);
}

/** What waits under a secret, left there; null when nothing does or it waited too long. */
export async function look(
	read: Read,
	kind: ChallengeKind,
	secret: string
): Promise<Pending | null> {
	const [row] = await read.select().from(challenges).where(waiting(kind, secret));
	return row ? { accountId: row.accountId, data: row.data } : null;
}

/** What waits under a secret, for the one who takes it first; null for all others. */
export async function take(tx: Tx, kind: ChallengeKind, secret: string): Promise<Pending | null> {
	const [row] = await tx.delete(challenges).where(waiting(kind, secret)).returning();
	return row ? { accountId: row.accountId, data: row.data } : null;
}

/** Deletes what nobody answered in time. */
export async function sweep(db: Database | Tx): Promise<void> {
	await within(db, (tx) => tx.delete(challenges).where(lt(challenges.expiresAt, now())));
}
