import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import { config } from '../../config.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import * as limits from '../../limits/limits.ts';
import * as outbox from '../../mail/outbox.ts';
import * as mails from '../addresses/account-mails.ts';
import { mayMail } from '../links/bound-links.ts';
import * as emails from '../addresses/emails.ts';
import { check, enrol, insert, unusable, whenFree, type NewAccount } from './enrol.ts';
import type { Candidate } from './enrol.ts';
import * as accountFound from '../found.ts';
import * as links from '../links/links.ts';
import * as mailedSecrets from '../links/mailed-secrets.ts';
import * as names from '../names/names.ts';
import * as passwords from '../passwords/passwords.ts';
import type { Account } from '../rows.ts';
import { isTaken, nameTaken } from '../names/taken-names.ts';
import { requireWork } from './work.ts';

const KIND = 'confirm-email';
const LINK_MINUTES = 24 * 60;

/** Mails a link that makes the account, or, to who has one, that there is one: in either case one mail. */
async function invite(tx: Tx, candidate: Candidate, data: Record<string, string>): Promise<void> {
	const { email, key } = candidate.email;
	if (!(await mayMail(tx, key))) return;
	const owner = await accountFound.byEmailKey(tx, key);
	if (owner) return outbox.enqueue(tx, mails.alreadyHere({ email, name: owner.account.name }));
	const link = {
		kind: KIND,
		accountId: null,
		data,
		minutes: LINK_MINUTES,
		keepEarlier: true
	} as const;
	const secret = await mailedSecrets.promise(tx, link);
	const recipient = { email, name: candidate.name.name };
	await outbox.enqueue(tx, mails.welcome(recipient, `/confirm?token=${secret}`));
}

/**
 * Signs somebody up as a reader. Where mail can be sent, nothing is made yet: what was filled in waits
 * under the link that is mailed, so that an address with an account gets the same answer as any other,
 * and neither the name nor signing in tells the two apart. Where it cannot, the account is made at
 * once, and the refusal for an address that has one names both possibilities, name and address: that
 * much can be learnt by somebody who tries addresses, within the limit of sign-ups.
 * @returns the account; null where a mail was sent instead.
 * @throws {Refusal} 422 with the field that breaks a rule, 409 when taken, 429.
 */
export async function signUp(
	db: Database,
	actor: Actor,
	input: NewAccount & { next?: string; work?: string }
): Promise<Account | null> {
	const candidate = await check(db, input);
	await requireWork(db, actor, input.work ?? '');
	await db.write((tx) => limits.take(tx, limits.signUp, actor));
	if (config().mail === null) return enrol(db, actor, candidate);
	if (await isTaken(db.read, candidate.name)) throw nameTaken();
	const passwordHash = await passwords.hash(candidate.password);
	const { name, email } = candidate;
	const data = { name: name.name, email: email.email, passwordHash, next: input.next ?? '/' };
	await db.write((tx) => invite(tx, candidate, data));
	return null;
}

/** What a link of a mail makes an account of. */
export interface Invited {
	name: string;
	email: string;
	/** Somebody took the name meanwhile: another is to be chosen. */
	isTaken: boolean;
}

function read({ accountId, data }: links.Linked) {
	if (accountId !== null) throw links.over();
	const { name, email, passwordHash, next } = data;
	return { name, email, passwordHash, next };
}

/** What a link makes an account of. @throws {Refusal} 404 when it does not work */
export async function look(db: Read, secret: string): Promise<Invited> {
	const { name, email } = read(await links.look(db, KIND, secret));
	return { name, email, isTaken: await isTaken(db, names.check(name)) };
}

/**
 * Makes the account that a link stands for, its address confirmed; `name` where the one that was
 * filled in is taken.
 * @throws {Refusal} 404 when the link does not work, 409 when name or address are taken, 422 for a name
 * that cannot be, and then it still works; 429.
 */
export async function confirm(
	db: Database,
	actor: Actor,
	input: { secret: string; name: string }
): Promise<{ account: Account; next: string }> {
	await db.write((tx) => limits.take(tx, limits.followLink, actor));
	const invited = read(await links.look(db.read, KIND, input.secret));
	const { passwordHash, next } = invited;
	const name = names.check(input.name || invited.name);
	const candidate = { name, email: emails.check(invited.email), password: '' };
	return whenFree(db, candidate, async (tx) => {
		await links.use(tx, KIND, input.secret);
		if (await accountFound.byEmailKey(tx, candidate.email.key)) throw unusable();
		if (await isTaken(tx, name)) throw nameTaken();
		const how = { passwordHash, emailConfirmedAt: now() };
		return { account: await insert(tx, actor, candidate, how), next };
	});
}
