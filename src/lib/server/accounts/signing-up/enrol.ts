import type { Actor, Role } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { isUniqueViolation } from '../../database/errors.ts';
import { accounts, site } from '../../database/schema.ts';
import { newId } from '../../ids.ts';
import * as log from '../../moderation/log.ts';
import { Refusal } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import * as emails from '../addresses/emails.ts';
import * as accountFound from '../found.ts';
import * as names from '../names/names.ts';
import * as rules from '../passwords/password-rules.ts';
import * as passwords from '../passwords/passwords.ts';
import { accountColumns, type Account } from '../rows.ts';
import { assertNeverAnothers, isTaken, nameTaken } from '../names/taken-names.ts';

/** What somebody who wants an account says. */
export interface NewAccount {
	name: string;
	email: string;
	password: string;
}

/** Who wants an account: name and address were checked. */
export interface Newcomer {
	name: names.Name;
	/** Null for none, which accounts from elsewhere may have. */
	email: emails.Email | null;
}

/** A new account whose every part was checked. */
export interface Candidate extends Newcomer {
	email: emails.Email;
	password: string;
}

/** The name of the site, as a word that passwords must not be made of. */
export async function siteName(read: Read): Promise<string> {
	const [row] = await read.select({ name: site.name }).from(site).limit(1);
	return row?.name ?? '';
}

/** Checks a new account's parts, without asking whether they are free. @throws {Refusal} 422 */
export async function check(
	db: Database,
	input: NewAccount,
	options: { reservedToo?: boolean } = {}
): Promise<Candidate> {
	const name = names.check(input.name, options);
	const email = emails.check(input.email);
	const context = { site: await siteName(db.read), name: name.name, email: email.email };
	await rules.check(input.password, context);
	return { name, email, password: input.password };
}

/** 409 that does not say which of the two it is about. */
export function unusable(): Refusal {
	return new Refusal(
		409,
		'account-taken',
		'This name or e-mail address cannot be used. If you have an account already, please sign in instead.'
	);
}

/** Why a candidate cannot have an account; null if nothing is in the way. */
async function obstacle(read: Read, { name, email }: Newcomer): Promise<Refusal | null> {
	if (await isTaken(read, name)) return nameTaken();
	return email && (await accountFound.byEmailKey(read, email.key)) ? unusable() : null;
}

/** @throws {Refusal} 409 when the name, one that looks like it or the e-mail address is taken. */
export async function assertFree(db: Database, candidate: Newcomer): Promise<void> {
	const refusal = await obstacle(db.read, candidate);
	if (refusal) throw refusal;
}

/**
 * Runs the write that makes the account. Two that want the same at the same moment both pass
 * `assertFree`; the database lets one through.
 * @throws {Refusal} 409 for the other.
 */
export async function whenFree<T>(
	db: Database,
	candidate: Newcomer,
	work: (tx: Tx) => Promise<T>
): Promise<T> {
	try {
		return await db.write(work);
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
		throw (await obstacle(db.read, candidate)) ?? unusable();
	}
}

/** How an account is made. */
export interface Making {
	/** Null for one that cannot sign in with a password. */
	passwordHash: string | null;
	/** When its address was found to be its owner's. */
	emailConfirmedAt?: Date;
	role?: Role;
}

/**
 * Makes the account; a role above reader goes into the log as given by the actor.
 * @throws {Refusal} 409 for a name that somebody had.
 */
export async function insert(
	tx: Tx,
	actor: Actor,
	{ name, email }: Newcomer,
	{ passwordHash, emailConfirmedAt, role = 'reader' }: Making
): Promise<Account> {
	const [account] = await tx
		.insert(accounts)
		.values({
			id: newId(),
			name: name.name,
			nameKey: name.key,
			nameSkeleton: name.skeleton,
			email: email?.email,
			emailKey: email?.key,
			emailConfirmedAt,
			passwordHash,
			role,
			createdAt: now()
		})
		.returning(accountColumns);
	await assertNeverAnothers(tx, name, account.id);
	await events.record(tx, actor, 'sign-up', { accountId: account.id, details: { role } });
	if (role !== 'reader') {
		await log.record(tx, actor, {
			kind: 'account.role',
			subject: { accountId: account.id },
			details: { from: null, to: role }
		});
	}
	return account;
}

/** Hashes a candidate's password, then makes the account. @throws {Refusal} 409 when taken. */
export async function enrol(
	db: Database,
	actor: Actor,
	candidate: Candidate,
	how: Omit<Making, 'passwordHash'> = {}
): Promise<Account> {
	await assertFree(db, candidate);
	const passwordHash = await passwords.hash(candidate.password);
	return whenFree(db, candidate, (tx) => insert(tx, actor, candidate, { passwordHash, ...how }));
}
