import { and, eq, isNull } from 'drizzle-orm';
import { requireAccount, type Actor } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import { accounts } from '../database/schema.ts';
import { within } from '../database/within.ts';
import { conflict, Refusal } from '../refusal.ts';
import * as events from '../security/events.ts';
import * as attempts from './attempts.ts';
import { emailKey } from './addresses/emails.ts';
import { siteName } from './signing-up/enrol.ts';
import * as accountFound from './found.ts';
import type { Found } from './found.ts';
import * as links from './links/links.ts';
import { lookupKey } from './names/names.ts';
import { PASSWORD_CHANGED, tell } from './addresses/owner-mail.ts';
import * as rules from './passwords/password-rules.ts';
import * as passwords from './passwords/passwords.ts';
import { prove } from './proofs.ts';
import type { Account } from './rows.ts';
import { digest } from './secrets.ts';
import * as sessions from './sessions/sessions.ts';

/** What somebody who signs in says: `name` is a name or an e-mail address. */
export interface SignIn {
	name: string;
	password: string;
	/** What the browser's cookie of known devices holds; '' or missing for nothing. */
	device?: string;
}

/** The same words whatever was wrong, so that nobody learns who has an account. */
function wrong(): Refusal {
	return new Refusal(
		401,
		'wrong-credentials',
		'This name (or e-mail address) and password do not belong together. Please try again.'
	);
}

/** What an account is found by, which is the same for every way to write it. */
function keyOf(name: string): string | null {
	return name.includes('@') ? emailKey(name) : lookupKey(name);
}

async function store(db: Database | Tx, found: Found, passwordHash: string): Promise<boolean> {
	const { account, passwordHash: before } = found;
	// Only over the hash that was looked at: of two changes at once only one may succeed.
	const unchanged =
		before === null ? isNull(accounts.passwordHash) : eq(accounts.passwordHash, before);
	const same = and(eq(accounts.id, account.id), unchanged);
	const rows = await within(db, (tx) =>
		tx.update(accounts).set({ passwordHash }).where(same).returning({ id: accounts.id })
	);
	return rows.length === 1;
}

/**
 * Finds the account that a name (or e-mail address) and a password belong to. A wrong name costs
 * the same time and gets the same answer as a wrong password. Only failed attempts count for the
 * limits, which know this browser if it signed in to the account before.
 * @throws {Refusal} 401 when they do not belong together, 429 after too many attempts.
 */
export async function signIn(db: Database, actor: Actor, input: SignIn): Promise<Account> {
	if (input.password.length > rules.LONGEST_UNITS) throw wrong();
	const found = await accountFound.byTyped(db.read, input.name);
	const attempt = await attempts.begin(db, actor, {
		// By what was typed and not by account: otherwise a name and an address that are limited
		// together would be known to belong together.
		typed: digest(keyOf(input.name) ?? input.name),
		accountId: found?.account.id ?? null,
		device: input.device ?? ''
	});
	const right = found?.passwordHash
		? await passwords.verify(found.passwordHash, input.password)
		: await passwords.dummyVerify(input.password);
	if (!found?.passwordHash || !right) {
		await attempts.failed(db, actor, attempt);
		throw wrong();
	}
	await db.write((tx) => attempts.succeeded(tx, attempt));
	if (passwords.needsRehash(found.passwordHash)) {
		await store(db, found, await passwords.hash(input.password));
	}
	return found.account;
}

/**
 * Changes the actor's password and ends every session of the account, this one too: the caller
 * signs its browser in anew, so that the token changes as well. Its owner is told by mail.
 * @throws {Refusal} 401 for a guest, 422 with field `current` or `password`, 403 `confirm-first` for
 * an account that had no password, 409 when it was changed elsewhere meanwhile, 429.
 */
export async function changePassword(
	db: Database,
	actor: Actor,
	input: { current: string; password: string }
): Promise<void> {
	requireAccount(actor);
	const { accountId, name } = actor;
	const present = await accountFound.byId(db.read, accountId);
	const site = await siteName(db.read);
	await rules.check(input.password, { site, name, email: present?.email });
	const found = await prove(db, actor, input.current);
	const passwordHash = await passwords.hash(input.password);
	await db.write(async (tx) => {
		if (!(await store(tx, found, passwordHash))) {
			throw conflict('password-changed', 'Your password was changed elsewhere just now.');
		}
		await sessions.endAll(tx, accountId);
		for (const kind of ['reset-password', 'sign-in'] as const) {
			await links.revoke(tx, kind, accountId);
		}
		await events.record(tx, actor, 'password.changed');
		await tell(tx, accountId, PASSWORD_CHANGED);
	});
}
