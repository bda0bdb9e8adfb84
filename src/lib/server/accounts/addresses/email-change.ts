import { eq } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { config } from '../../config.ts';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { isUniqueViolation } from '../../database/errors.ts';
import { accounts } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import * as outbox from '../../mail/outbox.ts';
import { conflict, invalid } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import * as mails from './account-mails.ts';
import { mayMail } from '../links/bound-links.ts';
import * as emails from './emails.ts';
import * as accountFound from '../found.ts';
import type { Found } from '../found.ts';
import * as links from '../links/links.ts';
import * as mailedSecrets from '../links/mailed-secrets.ts';
import { prove } from '../proofs.ts';
import * as resets from '../links/resets.ts';
import * as sessions from '../sessions/sessions.ts';

const CHANGE = 'change-email';
const CHANGE_MINUTES = 24 * 60;
const RESTORE = 'restore-email';
const RESTORE_MINUTES = 7 * 24 * 60;

async function askNew(tx: Tx, { account }: Found, { email, key }: emails.Email): Promise<void> {
	// What it was to be before is no more, whether or not the new one is free.
	await links.revoke(tx, CHANGE, account.id);
	if (!(await mayMail(tx, key))) return;
	const owner = await accountFound.byEmailKey(tx, key);
	if (owner) return outbox.enqueue(tx, mails.addressInUse({ email, name: owner.account.name }));
	const link = {
		kind: CHANGE,
		accountId: account.id,
		data: { email },
		minutes: CHANGE_MINUTES
	} as const;
	const secret = await mailedSecrets.promise(tx, link);
	const recipient = { email, name: account.name };
	await outbox.enqueue(tx, mails.newAddress(recipient, `/confirm/change?token=${secret}`));
}

/** Of several changes in a row each old address can be taken back: a thief's second does not shut the owner out. */
async function warnOld(tx: Tx, { account, email }: Found): Promise<void> {
	if (email === null) return;
	const secret = await mailedSecrets.promise(tx, {
		...{ kind: RESTORE, accountId: account.id, data: { email } },
		...{ minutes: RESTORE_MINUTES, keepEarlier: true }
	});
	const recipient = { email, name: account.name };
	await outbox.enqueue(tx, mails.addressChanging(recipient, `/restore?token=${secret}`));
}

/**
 * Begins to give the actor's account another address, which counts once the link that is mailed there
 * is followed. The old address is told at once, with a link that takes it back. An address that
 * another account has gets the same answer as any other.
 * @throws {Refusal} 401, 403 `confirm-first` for an account without a password, 409 without a way to
 * send mail, 422 with field `email` or `current`, 429.
 */
export async function ask(
	db: Database,
	actor: Actor,
	input: { email: string; current: string }
): Promise<void> {
	requireAccount(actor);
	if (config().mail === null) throw conflict('no-mail', 'This site cannot send mail.');
	const email = emails.check(input.email);
	await db.write((tx) => limits.take(tx, limits.changeEmail, actor));
	const found = await prove(db, actor, input.current);
	if (found.emailKey === email.key) {
		throw invalid('same-email', 'This is your address already.', 'email');
	}
	await db.write(async (tx) => {
		await askNew(tx, found, email);
		await warnOld(tx, found);
		await events.record(tx, actor, 'email.change-asked');
	});
}

/** An account, and the address that a link gives it. */
export interface Change {
	accountId: string;
	name: string;
	email: string;
}

async function changeOf(read: Read, { accountId, data }: links.Linked): Promise<Change> {
	const found = accountId === null ? undefined : await accountFound.byId(read, accountId);
	if (!found) throw links.over();
	return { accountId: found.account.id, name: found.account.name, email: data.email };
}

/** Gives an account an address that its owner reads; links that went to another are worth nothing any more. */
async function set(tx: Tx, accountId: string, text: string): Promise<void> {
	const { email, key } = emails.check(text);
	const address = { email, emailKey: key, emailConfirmedAt: now() };
	await tx.update(accounts).set(address).where(eq(accounts.id, accountId));
	for (const kind of [CHANGE, 'confirm-email', 'reset-password', 'sign-in'] as const) {
		await links.revoke(tx, kind, accountId);
	}
}

/** Runs a change. @throws {Refusal} 409 where another account has the address since */
async function whenFree<T>(change: Promise<T>): Promise<T> {
	try {
		return await change;
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
		throw conflict('email-taken', 'Another account has this address meanwhile.');
	}
}

/** What a link to a new address would change. @throws {Refusal} 404 when it does not work */
export async function look(read: Read, secret: string): Promise<Change> {
	return changeOf(read, await links.look(read, CHANGE, secret));
}

/** Gives an account its new address, and signs it out everywhere but here. @throws {Refusal} 404 when the link does not work, 409, 429 */
export async function follow(db: Database, actor: Actor, secret: string): Promise<void> {
	const change = db.write(async (tx) => {
		await limits.take(tx, limits.followLink, actor);
		const { accountId, email } = await changeOf(tx, await links.use(tx, CHANGE, secret));
		await set(tx, accountId, email);
		const here = actor.accountId === accountId ? actor.session?.handle : undefined;
		await sessions.endOthers(tx, accountId, here ?? '');
		await events.record(tx, actor, 'email.changed', { accountId });
	});
	await whenFree(change);
}

/** What a link to an old address would take back. @throws {Refusal} 404 when it does not work */
export async function lookBack(read: Read, secret: string): Promise<Change> {
	return changeOf(read, await links.look(read, RESTORE, secret));
}

/**
 * Gives an account its old address back, or keeps it, and signs everybody out.
 * @returns the secret of a link that sets a new password: whoever changed the address knew the old one.
 * @throws {Refusal} 404 when the link does not work, 409, 429.
 */
export async function restore(db: Database, actor: Actor, secret: string): Promise<string> {
	const change = db.write(async (tx) => {
		await limits.take(tx, limits.followLink, actor);
		const { accountId, email } = await changeOf(tx, await links.use(tx, RESTORE, secret));
		await set(tx, accountId, email);
		await links.revoke(tx, RESTORE, accountId);
		await sessions.endAll(tx, accountId);
		await events.record(tx, actor, 'email.restored', { accountId });
		return resets.issue(tx, accountId, emails.check(email).key);
	});
	return whenFree(change);
}
