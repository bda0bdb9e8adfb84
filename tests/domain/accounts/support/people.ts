import { expect } from 'vitest';
import { guest, system, type Actor, type Role } from '#lib/server/actor.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import { now } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { isRefusal, type Refusal } from '#lib/server/refusal.ts';

/** A password that every rule accepts. */
export const PASSWORD = 'violets in the rain';

let addresses = 0;

/** Someone without an account, in a network of their own. */
export function stranger(): Actor {
	addresses += 1;
	return guest(`10.1.${addresses >> 8}.${addresses & 255}`);
}

/** What somebody fills in; the e-mail address follows from the name. */
export function form(name: string, rest: { email?: string; password?: string } = {}) {
	const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
	return { name, email, password: PASSWORD, ...rest };
}

/** Makes an account of a role, as the operator would. */
export async function person(db: Database, name: string, role: Role = 'reader') {
	const account = await accounts.create(db, system, { ...form(name), role });
	const session = { handle: '', authenticatedAt: now(), secondFactorAt: now() };
	return { account, actor: accounts.actorOf(account, '10.0.0.1', { session }) };
}

/** The refusal that a promise ends in; anything else fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<Refusal> {
	const outcome = await promise.then(
		() => 'no refusal',
		(thrown: unknown) => thrown
	);
	if (!isRefusal(outcome)) expect.fail(`Expected a refusal, got ${String(outcome)}`);
	return outcome;
}
