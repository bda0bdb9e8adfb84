import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { accounts, oneTimeTokens } from '../database/schema.ts';
import { conflict, notFound } from '../refusal.ts';
import { assertFree, check, insert, whenFree, type NewAccount } from './enrol.ts';
import * as passwords from './passwords.ts';
import type { Account } from './rows.ts';
import { digest, newSecret } from './secrets.ts';

const KIND = 'first-admin';
/** The operator reads the link in the terminal, and can print another at any time. */
export const LINK_HOURS = 24;

/** Whether the site has no administrator yet. */
export async function isNeeded(read: Read): Promise<boolean> {
	const admin = read.select({ id: accounts.id }).from(accounts).where(eq(accounts.role, 'admin'));
	return (await admin.limit(1)).length === 0;
}

/**
 * Makes the secret of a link that makes the first administrator; earlier ones are worth nothing
 * any more. Only its hash is kept.
 * @throws {Refusal} 409 when there is an administrator.
 */
export async function issueLink(db: Database): Promise<string> {
	const token = newSecret();
	const createdAt = now();
	const expiresAt = new Date(createdAt.getTime() + LINK_HOURS * 60 * 60 * 1000);
	await db.write(async (tx) => {
		if (!(await isNeeded(tx))) {
			throw conflict('set-up', 'The site has an administrator already.');
		}
		await tx.delete(oneTimeTokens).where(eq(oneTimeTokens.kind, KIND));
		await tx.insert(oneTimeTokens).values({ id: digest(token), kind: KIND, createdAt, expiresAt });
	});
	return token;
}

function valid(token: string) {
	return and(
		eq(oneTimeTokens.id, digest(token)),
		eq(oneTimeTokens.kind, KIND),
		isNull(oneTimeTokens.usedAt),
		gt(oneTimeTokens.expiresAt, now())
	);
}

/**
 * Whether a link still works; looking does not use it up.
 * @throws {Refusal} 404 when it does not, and always once there is an administrator.
 */
export async function assertValid(read: Read, token: string): Promise<void> {
	const rows = await read.select().from(oneTimeTokens).where(valid(token));
	if (rows.length === 0 || !(await isNeeded(read))) throw notFound('page');
}

/** Of two that use links at once, the same or two, one comes after the other and finds it used. */
async function use(tx: Tx, token: string): Promise<void> {
	await forUpdate(tx.select().from(oneTimeTokens).where(eq(oneTimeTokens.kind, KIND)));
	const rows = await tx
		.update(oneTimeTokens)
		.set({ usedAt: now() })
		.where(valid(token))
		.returning({ id: oneTimeTokens.id });
	if (rows.length === 0 || !(await isNeeded(tx))) throw notFound('page');
}

/**
 * Makes the first administrator with a link's secret, which works once.
 * @throws {Refusal} 404 when the link does not work, 422 with the field that breaks a rule, 409
 * when name or address are taken; then the link still works.
 */
export async function claim(
	db: Database,
	actor: Actor,
	token: string,
	input: NewAccount
): Promise<Account> {
	await assertValid(db.read, token);
	const candidate = await check(db, input, { reservedToo: true });
	await assertFree(db, candidate);
	const passwordHash = await passwords.hash(candidate.password);
	return whenFree(db, candidate, async (tx) => {
		await use(tx, token);
		return insert(tx, actor, candidate, { passwordHash, role: 'admin' });
	});
}
