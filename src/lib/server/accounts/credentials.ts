import { and, eq, type SQL } from 'drizzle-orm';
import { requireAccount, type Actor } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import { accounts } from '../database/schema.ts';
import { within } from '../database/within.ts';
import * as limits from '../limits/limits.ts';
import { network } from '../limits/network.ts';
import { conflict, invalid, Refusal } from '../refusal.ts';
import * as events from '../security/events.ts';
import { emailKey } from './emails.ts';
import { check, enrol, siteName, type NewAccount } from './enrol.ts';
import { lookupKey } from './names.ts';
import * as rules from './password-rules.ts';
import * as passwords from './passwords.ts';
import { accountColumns, type Account } from './rows.ts';
import { digest } from './secrets.ts';
import * as sessions from './sessions.ts';
import { requireWork } from './work.ts';

const DIGEST_LENGTH = 16;

/** What somebody who signs in says: `name` is a name or an e-mail address. */
export interface SignIn {
	name: string;
	password: string;
}

interface Found {
	account: Account;
	passwordHash: string | null;
	email: string | null;
}

function networkOf(actor: Actor): string | null {
	return actor.address === null ? null : network(actor.address);
}

/** The same words whatever was wrong, so that nobody learns who has an account. */
function wrong(): Refusal {
	return new Refusal(
		401,
		'wrong-credentials',
		'This name (or e-mail address) and password do not belong together. Please try again.'
	);
}

async function find(db: Database, condition: SQL): Promise<Found | undefined> {
	const [row] = await db.read
		.select({
			account: accountColumns,
			passwordHash: accounts.passwordHash,
			email: accounts.email
		})
		.from(accounts)
		.where(condition);
	return row;
}

async function findTyped(db: Database, name: string): Promise<Found | undefined> {
	const byEmail = name.includes('@');
	const key = byEmail ? emailKey(name) : lookupKey(name);
	if (key === null) return undefined;
	return find(db, eq(byEmail ? accounts.emailKey : accounts.nameKey, key));
}

async function store(db: Database | Tx, found: Found, passwordHash: string): Promise<boolean> {
	const { account, passwordHash: before } = found;
	// Only over the hash that was looked at: of two changes at once only one may succeed.
	const same = and(eq(accounts.id, account.id), eq(accounts.passwordHash, before ?? ''));
	const rows = await within(db, (tx) =>
		tx.update(accounts).set({ passwordHash }).where(same).returning({ id: accounts.id })
	);
	return rows.length === 1;
}

/**
 * Signs somebody up as a reader. The refusal for an e-mail address that has an account names both
 * possibilities, name and address: without mail, nothing can be sent to the address instead, so
 * that much can be learnt by somebody who tries addresses, within the limit of sign-ups.
 * @throws {Refusal} 422 with the field that breaks a rule, 409 when taken, 429.
 */
export async function signUp(
	db: Database,
	actor: Actor,
	input: NewAccount & { work?: string }
): Promise<Account> {
	const candidate = await check(db, input);
	await requireWork(db, actor, input.work ?? '');
	await db.write((tx) => limits.takeFor(tx, limits.signUp, { network: networkOf(actor) }));
	return enrol(db, actor, candidate);
}

/**
 * Finds the account that a name (or e-mail address) and a password belong to. A wrong name costs
 * the same time and gets the same answer as a wrong password. Only failed attempts count for the
 * limits; a right password forgets those of its own account on this network.
 * @throws {Refusal} 401 when they do not belong together, 429 after too many attempts.
 */
export async function signIn(db: Database, actor: Actor, input: SignIn): Promise<Account> {
	if (input.password.length > rules.LONGEST_UNITS) throw wrong();
	const from = networkOf(actor);
	// By what was typed and not by account: otherwise a name and an address that are limited
	// together would be known to belong together.
	const typed = from && `${digest(input.name.trim().toLowerCase())}@${from}`;
	// By it failures can be compared, and nobody learns the password that was typed as a name.
	const details = { typed: digest(input.name.trim().toLowerCase()).slice(0, DIGEST_LENGTH) };
	try {
		await db.write(async (tx) => {
			await limits.takeFor(tx, limits.signIn, { network: from });
			await limits.takeFor(tx, limits.signInAccount, { account: typed });
		});
	} catch (thrown) {
		await events.record(db, actor, 'sign-in.limited', { details });
		throw thrown;
	}
	const found = await findTyped(db, input.name);
	const right = found?.passwordHash
		? await passwords.verify(found.passwordHash, input.password)
		: await passwords.dummyVerify(input.password);
	if (!found?.passwordHash || !right) {
		const accountId = found?.account.id ?? null;
		await events.record(db, actor, 'sign-in.failed', { accountId, details });
		throw wrong();
	}
	await db.write(async (tx) => {
		await limits.giveBack(tx, limits.signIn, { network: from });
		await limits.forget(tx, limits.signInAccount, { account: typed });
	});
	if (passwords.needsRehash(found.passwordHash)) {
		await store(db, found, await passwords.hash(input.password));
	}
	return found.account;
}

/**
 * Changes the actor's password and ends every session of the account, this one too: the caller
 * signs its browser in anew, so that the token changes as well.
 * @throws {Refusal} 401 for a guest, 422 with field `current` or `password`, 409 when it was
 * changed elsewhere meanwhile, 429.
 */
export async function changePassword(
	db: Database,
	actor: Actor,
	input: { current: string; password: string }
): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	const found = await find(db, eq(accounts.id, accountId));
	const site = await siteName(db.read);
	await rules.check(input.password, { site, name: actor.name, email: found?.email });
	const subject = { account: accountId };
	await db.write((tx) => limits.takeFor(tx, limits.signInAccount, subject));
	const isRight =
		input.current.length <= rules.LONGEST_UNITS &&
		found?.passwordHash &&
		(await passwords.verify(found.passwordHash, input.current));
	if (!found || !isRight) {
		throw invalid('wrong-password', 'This is not your present password.', 'current');
	}
	const passwordHash = await passwords.hash(input.password);
	await db.write(async (tx) => {
		if (!(await store(tx, found, passwordHash))) {
			throw conflict('password-changed', 'Your password was changed elsewhere just now.');
		}
		await sessions.endAll(tx, accountId);
		await limits.forget(tx, limits.signInAccount, subject);
		await events.record(tx, actor, 'password.changed');
	});
}
