import * as challenges from '../accounts/links/challenges.ts';
import * as emails from '../accounts/addresses/emails.ts';
import { assertFree, insert, whenFree } from '../accounts/signing-up/enrol.ts';
import * as names from '../accounts/names/names.ts';
import type { Account } from '../accounts/rows.ts';
import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import { Refusal } from '../refusal.ts';
import { waitingOf, type Waiting } from './arriving.ts';
import { followRole } from './following.ts';
import * as identities from './identities.ts';

const KIND = 'provider';

function over(): Refusal {
	return new Refusal(
		404,
		'naming-over',
		'This took too long, or was done already. Please sign in again.'
	);
}

/** The newcomer of a secret. @throws {Refusal} 404 when nobody waits under it. */
export async function look(read: Read, secret: string): Promise<Waiting> {
	const waiting = waitingOf(await challenges.look(read, KIND, secret));
	if (!waiting) throw over();
	return waiting;
}

/**
 * Makes the account of a newcomer under the name that they chose, linked to their account elsewhere.
 * @throws {Refusal} 404 when they waited too long, 422 for a name that breaks a rule, 409 when it is
 * taken (then they may choose again), 429.
 */
export async function join(
	db: Database,
	actor: Actor,
	input: { secret: string; name: string }
): Promise<{ account: Account; waiting: Waiting }> {
	const waiting = await look(db.read, input.secret);
	const { profile } = waiting;
	const email = profile.email === '' ? null : emails.check(profile.email);
	const newcomer = { name: names.check(input.name), email };
	await assertFree(db, newcomer);
	const account = await whenFree(db, newcomer, async (tx) => {
		if (!(await challenges.take(tx, KIND, input.secret))) throw over();
		await limits.take(tx, limits.signUp, actor);
		const emailConfirmedAt = email ? now() : undefined;
		const made = await insert(tx, actor, newcomer, { passwordHash: null, emailConfirmedAt });
		await identities.link(tx, actor, profile, made.id);
		return made;
	});
	return { account: await followRole(db, account, profile.role), waiting };
}
