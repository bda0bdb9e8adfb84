import { and, asc, eq } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { isUniqueViolation } from '../../database/errors.ts';
import { passkeys } from '../../database/schema.ts';
import { conflict, invalid, notFound } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import { normaliseLine } from '../../text/normalise.ts';
import { tell } from '../addresses/owner-mail.ts';
import * as answers from './passkey-answers.ts';
import { requireRecent } from '../recent.ts';
import type { RelyingParty } from './relying-party.ts';
import * as secondFactors from './second-factors.ts';
import * as sessions from '../sessions/sessions.ts';
import * as waysIn from './ways-in.ts';

export { toAdd, toUse } from './passkey-questions.ts';

const LONGEST_LABEL = 60;

/** A passkey, as its owner's list shows it. */
export interface Passkey {
	id: string;
	label: string;
	/** Kept by a service on several devices. */
	synced: boolean;
	createdAt: Date;
	usedAt: Date | null;
}

/** The actor's passkeys, oldest first. @throws {Refusal} 401 for a guest. */
export async function list(db: Database, actor: Actor): Promise<Passkey[]> {
	requireAccount(actor);
	const { id, label, synced, createdAt, usedAt } = passkeys;
	return db.read
		.select({ id, label, synced, createdAt, usedAt })
		.from(passkeys)
		.where(eq(passkeys.accountId, actor.accountId))
		.orderBy(asc(createdAt), asc(id));
}

function labelOf(text: string): string {
	const label = normaliseLine(text).trim();
	if (label !== '' && label.length <= LONGEST_LABEL) return label;
	const words = `Please give the passkey a name of at most ${LONGEST_LABEL} characters.`;
	throw invalid('label', words, 'label');
}

/**
 * Adds a passkey by a browser's answer to `toAdd`; this session counts as proven.
 * @throws {Refusal} 401 for a guest or an answer that is not right, 403 `confirm-first`, 409 for one
 * that is known, 422 field `label`.
 */
export async function add(
	db: Database,
	actor: Actor,
	party: RelyingParty,
	input: { response: string; label: string }
): Promise<void> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId } = actor;
	const label = labelOf(input.label);
	const { credential, synced } = await answers.added(db, party, { accountId, ...input });
	const { id, counter, transports = [] } = credential;
	const publicKey = Buffer.from(credential.publicKey).toString('base64url');
	const row = { id, accountId, publicKey, counter, transports, synced, label, createdAt: now() };
	try {
		await db.write(async (tx) => {
			await tx.insert(passkeys).values(row);
			await sessions.prove(tx, actor, { withSecondFactor: true });
			await events.record(tx, actor, 'passkey.added');
			await tell(tx, accountId, {
				subject: 'A passkey was added',
				paragraphs: ['A passkey was added, which signs in to your account:', { quote: label }]
			});
		});
	} catch (thrown) {
		if (!isUniqueViolation(thrown)) throw thrown;
		throw conflict('passkey-known', 'This passkey was added already.');
	}
}

function own(accountId: string, id: string) {
	return and(eq(passkeys.id, id), eq(passkeys.accountId, accountId));
}

/** Gives one of the actor's passkeys another name. @throws {Refusal} 401, 404, 422 field `label`. */
export async function rename(
	db: Database,
	actor: Actor,
	input: { id: string; label: string }
): Promise<void> {
	requireAccount(actor);
	const label = labelOf(input.label);
	const mine = own(actor.accountId, input.id);
	const rows = await db.write((tx) => tx.update(passkeys).set({ label }).where(mine).returning());
	if (rows.length === 0) throw notFound('passkey');
}

/**
 * Removes one of the actor's passkeys, and with the last second factor the recovery codes.
 * @throws {Refusal} 401 for a guest, 403 `confirm-first`, 404, 409 for the only way to sign in.
 */
export async function remove(db: Database, actor: Actor, id: string): Promise<void> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId } = actor;
	await db.write(async (tx) => {
		const [removed] = await tx.delete(passkeys).where(own(accountId, id)).returning();
		if (!removed) throw notFound('passkey');
		await waysIn.assertOneLeft(tx, accountId);
		await events.record(tx, actor, 'passkey.removed');
		await tell(tx, accountId, {
			subject: 'A passkey was removed',
			paragraphs: [
				'A passkey was removed, which does not sign in to your account any more:',
				{ quote: removed.label }
			]
		});
		await secondFactors.tidy(tx, accountId);
	});
}

/**
 * Whose passkey a browser's answer to `toUse` is, for a sign-in or for one account.
 * @throws {Refusal} 401.
 */
export async function use(
	db: Database,
	actor: Actor,
	party: RelyingParty,
	input: { accountId: string | null; response: string }
): Promise<string> {
	const used = await answers.used(db, actor, party, input);
	await answers.count(db, actor, used);
	return used.passkey.accountId;
}

/**
 * Proves by a passkey that the actor's session is still its owner's; it is a second factor too.
 * @throws {Refusal} 401.
 */
export async function confirm(
	db: Database,
	actor: Actor,
	party: RelyingParty,
	response: string
): Promise<void> {
	requireAccount(actor);
	await use(db, actor, party, { accountId: actor.accountId, response });
	await db.write((tx) => sessions.prove(tx, actor, { withSecondFactor: true }));
}
