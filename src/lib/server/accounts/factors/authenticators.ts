import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { authenticators } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import { conflict, invalid, notFound } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import { siteName } from '../signing-up/enrol.ts';
import { tell } from '../addresses/owner-mail.ts';
import { requireRecent } from '../recent.ts';
import * as recoveryCodes from './recovery-codes.ts';
import * as secondFactors from './second-factors.ts';
import * as sessions from '../sessions/sessions.ts';

// What every authenticator app understands (RFC 6238); 160 bits as RFC 4226 recommends.
const SHAPE = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const SECRET_BYTES = 20;
// Clocks may differ by one step.
const WINDOW = 1;

/** An authenticator app that was begun and not shown to work yet. */
export interface Setup {
	/** In base32, for typing. */
	secret: string;
	/** `otpauth://…`, for a QR code. */
	uri: string;
}

function of(read: Read, accountId: string) {
	return read.select().from(authenticators).where(eq(authenticators.accountId, accountId));
}

/** The time step that a code is of, near this moment; null when it is of none. */
function stepOf(secret: string, code: string): number | null {
	const token = code.replace(/\s/g, '');
	const timestamp = now().getTime();
	const settings = { ...SHAPE, secret: Secret.fromBase32(secret), timestamp };
	const delta = TOTP.validate({ ...settings, token, window: WINDOW });
	return delta === null ? null : TOTP.counter({ period: SHAPE.period, timestamp }) + delta;
}

/** When the actor's authenticator app was set up; null for none. @throws {Refusal} 401 for a guest. */
export async function since(db: Database, actor: Actor): Promise<Date | null> {
	requireAccount(actor);
	const [row] = await of(db.read, actor.accountId);
	return row?.confirmedAt ?? null;
}

/** What the actor's app has to be told, once that was begun; null before and after. @throws {Refusal} 401 */
export async function pending(db: Database, actor: Actor): Promise<Setup | null> {
	requireAccount(actor);
	const [row] = await of(db.read, actor.accountId);
	if (!row || row.confirmedAt !== null) return null;
	const issuer = await siteName(db.read);
	const secret = Secret.fromBase32(row.secret);
	const totp = new TOTP({ ...SHAPE, issuer, label: actor.name, secret });
	return { secret: row.secret, uri: totp.toString() };
}

/**
 * Begins to set up an authenticator app, with a new secret each time.
 * @throws {Refusal} 401 for a guest, 403 `confirm-first`, 409 when there is one that works.
 */
export async function begin(db: Database, actor: Actor): Promise<void> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId } = actor;
	const secret = new Secret({ size: SECRET_BYTES }).base32;
	const values = { secret, confirmedAt: null, lastStep: 0, createdAt: now() };
	const [row] = await db.write((tx) =>
		tx
			.insert(authenticators)
			.values({ accountId, ...values })
			.onConflictDoUpdate({
				target: authenticators.accountId,
				set: values,
				setWhere: isNull(authenticators.confirmedAt)
			})
			.returning()
	);
	if (!row) throw conflict('has-authenticator', 'Your account has an authenticator app already.');
}

/** Takes a code, each once, of what stands in the row that was looked at. */
async function takeStep(tx: Tx, row: { accountId: string; secret: string }, step: number) {
	const { accountId, secret, lastStep } = authenticators;
	const same = and(eq(accountId, row.accountId), eq(secret, row.secret), lt(lastStep, step));
	const taken = await tx.update(authenticators).set({ lastStep: step }).where(same).returning();
	return taken.length === 1;
}

/**
 * Ends the setting up with a first code: from now on the app is asked for at every sign-in, and this
 * session counts as proven. Gives recovery codes, which are shown this once.
 * @throws {Refusal} 401 for a guest, 403 `confirm-first`, 404 when nothing was begun, 422 field
 * `code`, 429.
 */
export async function confirm(db: Database, actor: Actor, code: string): Promise<string[]> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId } = actor;
	const [row] = await of(db.read, accountId);
	if (!row || row.confirmedAt !== null) throw notFound('authenticator app to confirm');
	await db.write((tx) => limits.takeFor(tx, limits.secondFactor, { account: accountId }));
	const step = stepOf(row.secret, code);
	if (step === null) throw wrongCode();
	return db.write(async (tx) => {
		if (!(await takeStep(tx, row, step))) throw wrongCode();
		await tx
			.update(authenticators)
			.set({ confirmedAt: now() })
			.where(eq(authenticators.accountId, accountId));
		await limits.forget(tx, limits.secondFactor, { account: accountId });
		await sessions.prove(tx, actor, { withSecondFactor: true });
		const details = { factor: 'authenticator' };
		await events.record(tx, actor, 'second-factor.added', { details });
		await tell(tx, accountId, {
			subject: 'An authenticator app was added',
			paragraphs: ['Signing in to your account takes a code of an authenticator app from now on.']
		});
		return recoveryCodes.renew(tx, actor, accountId);
	});
}

/** The same words for a wrong code and for one that was used. */
export function wrongCode() {
	return invalid(
		'wrong-code',
		'This code is not right, or it was used already. Please take the next one.',
		'code'
	);
}

/** The step of a code of an account's app, for `use`; null when it is wrong or there is no app. */
export async function check(
	db: Database,
	accountId: string,
	code: string
): Promise<{ accountId: string; secret: string; step: number } | null> {
	const [row] = await of(db.read, accountId);
	if (!row || row.confirmedAt === null) return null;
	const step = stepOf(row.secret, code);
	return step === null ? null : { accountId, secret: row.secret, step };
}

/** Uses a code up that was checked; false when it, or a later one, was used already. */
export async function use(
	tx: Tx,
	checked: { accountId: string; secret: string; step: number }
): Promise<boolean> {
	return takeStep(tx, checked, checked.step);
}

/**
 * Removes the actor's authenticator app, and with the last second factor the recovery codes.
 * @throws {Refusal} 401 for a guest, 403 `confirm-first`, 404 when there is none.
 */
export async function remove(db: Database, actor: Actor): Promise<void> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId } = actor;
	await db.write(async (tx) => {
		const { accountId: column, confirmedAt } = authenticators;
		const working = and(eq(column, accountId), isNotNull(confirmedAt));
		const removed = await tx.delete(authenticators).where(working).returning();
		if (removed.length === 0) throw notFound('authenticator app');
		const details = { factor: 'authenticator' };
		await events.record(tx, actor, 'second-factor.removed', { details });
		await tell(tx, accountId, {
			subject: 'Your authenticator app was removed',
			paragraphs: ['Signing in to your account asks for no code of an authenticator app any more.']
		});
		await secondFactors.tidy(tx, accountId);
	});
}
