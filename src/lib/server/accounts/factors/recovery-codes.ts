import { and, eq, isNull } from 'drizzle-orm';
import { Secret } from 'otpauth';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import { conflict } from '../../refusal.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { recoveryCodes } from '../../database/schema.ts';
import * as events from '../../security/events.ts';
import { tell } from '../addresses/owner-mail.ts';
import { requireRecent } from '../recent.ts';
import * as secondFactors from './second-factors.ts';
import { digest } from '../secrets.ts';

/** How many there are after each making. */
export const COUNT = 10;
// 80 bits: with what is stored nobody finds one by trying.
const BYTES = 10;
const FORM = /^[a-z2-7]{16}$/;

function plain(code: string): string {
	return code.toLowerCase().replace(/[\s-]/g, '');
}

/** Whether what somebody typed has the form of a recovery code. */
export function isCode(text: string): boolean {
	return FORM.test(plain(text));
}

function idOf(accountId: string, code: string): string {
	return digest(`${accountId}:${plain(code)}`);
}

function newCode(): string {
	const letters = new Secret({ size: BYTES }).base32.toLowerCase();
	return letters.match(/.{4}/g)!.join('-');
}

function unused(accountId: string) {
	return and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt));
}

/** How many of an account's codes were not used yet. */
export async function left(read: Read, accountId: string): Promise<number> {
	return read.$count(recoveryCodes, unused(accountId));
}

/** Makes all codes of an account anew; only their hashes are kept, so they are shown this once. */
export async function renew(tx: Tx, actor: Actor, accountId: string): Promise<string[]> {
	const codes = Array.from({ length: COUNT }, newCode);
	const createdAt = now();
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
	await tx
		.insert(recoveryCodes)
		.values(codes.map((code) => ({ id: idOf(accountId, code), accountId, createdAt })));
	await events.record(tx, actor, 'recovery-codes.made', { accountId });
	return codes;
}

/**
 * New codes for the actor, in the place of those that it had.
 * @throws {Refusal} 401 for a guest, 403 `confirm-first`, 409 without a second factor that they stand for.
 */
export async function make(db: Database, actor: Actor): Promise<string[]> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId } = actor;
	return db.write(async (tx) => {
		if (!(await secondFactors.has(tx, accountId))) {
			throw conflict('no-factor', 'Set up an authenticator app or a passkey first.');
		}
		await tell(tx, accountId, {
			subject: 'New recovery codes',
			paragraphs: [
				'New recovery codes were made for your account. Earlier ones do not work any more.'
			]
		});
		return renew(tx, actor, accountId);
	});
}

/** Uses a code up, and tells the owner; false when it is none, or was used. */
export async function use(tx: Tx, actor: Actor, accountId: string, code: string): Promise<boolean> {
	const [row] = await tx
		.update(recoveryCodes)
		.set({ usedAt: now() })
		.where(and(eq(recoveryCodes.id, idOf(accountId, code)), unused(accountId)))
		.returning();
	if (!row) return false;
	const rest = await left(tx, accountId);
	await events.record(tx, actor, 'recovery-code.used', { accountId, details: { left: `${rest}` } });
	await tell(tx, accountId, {
		subject: 'A recovery code was used',
		paragraphs: [`Somebody signed in to your account with a recovery code. ${rest} are left.`]
	});
	return true;
}
