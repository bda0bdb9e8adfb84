import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import { oneTimeTokens } from '../../database/schema.ts';
import { within } from '../../database/within.ts';
import { Refusal } from '../../refusal.ts';
import type { LinkKind } from './link-kinds.ts';
import { digest, newSecret } from '../secrets.ts';

/** What the secret of a link stands for. */
export interface Linked {
	/** Null for the first administrator's link. */
	accountId: string | null;
	data: Record<string, string>;
}

/** A link that is to be sent. */
export interface NewLink {
	kind: LinkKind;
	accountId: string | null;
	data?: Record<string, string>;
	/** For how long it works. */
	minutes: number;
	/** Whether earlier ones of this kind and account go on working. */
	keepEarlier?: boolean;
}

/** The same words whether a link was used, is too old or was never made. */
export function over(): Refusal {
	return new Refusal(
		404,
		'link-over',
		'This link does not work any more: it was used, a newer one was sent, or it is too old.'
	);
}

function valid(kind: LinkKind, secret: string) {
	return and(
		eq(oneTimeTokens.id, digest(secret)),
		eq(oneTimeTokens.kind, kind),
		isNull(oneTimeTokens.usedAt),
		gt(oneTimeTokens.expiresAt, now())
	);
}

function ofAccount(kind: LinkKind, accountId: string | null) {
	const { accountId: column } = oneTimeTokens;
	const whose = accountId === null ? isNull(column) : eq(column, accountId);
	return and(eq(oneTimeTokens.kind, kind), whose);
}

/** Makes earlier links of a kind and an account worthless. */
export async function revoke(tx: Tx, kind: LinkKind, accountId: string | null): Promise<void> {
	await tx.delete(oneTimeTokens).where(ofAccount(kind, accountId));
}

/** Locks the links of a kind and an account, so that two who use them take turns. */
export async function lock(tx: Tx, kind: LinkKind, accountId: string | null): Promise<void> {
	await forUpdate(tx.select().from(oneTimeTokens).where(ofAccount(kind, accountId)));
}

/**
 * Makes the secret of a link, 43 characters, that works once; only its hash is kept. Earlier ones of
 * the same kind and account are worth nothing any more, unless they are to be kept.
 */
export async function issue(tx: Tx, link: NewLink): Promise<string> {
	const { kind, accountId, data = {}, minutes, keepEarlier = false } = link;
	if (!keepEarlier) await revoke(tx, kind, accountId);
	const secret = newSecret();
	const createdAt = now();
	const expiresAt = new Date(createdAt.getTime() + minutes * 60_000);
	const row = { id: digest(secret), kind, accountId, data, createdAt, expiresAt };
	await tx.insert(oneTimeTokens).values(row);
	return secret;
}

/**
 * Gives a link that is mailed a new secret in the place of the one that its row (`id`) has the hash of;
 * null when it was used, revoked or is too old.
 */
export async function renew(tx: Tx, id: string): Promise<string | null> {
	const secret = newSecret();
	const { id: column, usedAt, expiresAt } = oneTimeTokens;
	const rows = await tx
		.update(oneTimeTokens)
		.set({ id: digest(secret) })
		.where(and(eq(column, id), isNull(usedAt), gt(expiresAt, now())))
		.returning({ kind: oneTimeTokens.kind });
	return rows.length === 0 ? null : secret;
}

/** What a link stands for; looking does not use it up. @throws {Refusal} 404 when it does not work. */
export async function look(read: Read, kind: LinkKind, secret: string): Promise<Linked> {
	const [row] = await read.select().from(oneTimeTokens).where(valid(kind, secret));
	if (!row) throw over();
	return { accountId: row.accountId, data: row.data };
}

/** Uses a link up: of two that try at once one comes too late. @throws {Refusal} 404 when it does not work. */
export async function use(tx: Tx, kind: LinkKind, secret: string): Promise<Linked> {
	const [row] = await tx
		.update(oneTimeTokens)
		.set({ usedAt: now() })
		.where(valid(kind, secret))
		.returning();
	if (!row) throw over();
	return { accountId: row.accountId, data: row.data };
}

/** Deletes what is too old to work. */
export async function sweep(db: Database | Tx): Promise<void> {
	await within(db, (tx) => tx.delete(oneTimeTokens).where(lt(oneTimeTokens.expiresAt, now())));
}
