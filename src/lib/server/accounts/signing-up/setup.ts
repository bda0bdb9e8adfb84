import { eq } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Read } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import { conflict, notFound } from '../../refusal.ts';
import { assertFree, check, insert, whenFree, type NewAccount } from './enrol.ts';
import * as links from '../links/links.ts';
import * as passwords from '../passwords/passwords.ts';
import type { Account } from '../rows.ts';

const KIND = 'first-admin';
/** The operator reads the link in the terminal, and can print another at any time. */
export const LINK_HOURS = 24;

/** Whether the site has no administrator yet. */
export async function isNeeded(read: Read): Promise<boolean> {
	const admin = read.select({ id: accounts.id }).from(accounts).where(eq(accounts.role, 'admin'));
	return (await admin.limit(1)).length === 0;
}

/**
 * Makes the secret of a link that makes the first administrator; earlier ones are worth nothing
 * any more. Only its hash is kept.
 * @throws {Refusal} 409 when there is an administrator.
 */
export async function issueLink(db: Database): Promise<string> {
	return db.write(async (tx) => {
		if (!(await isNeeded(tx))) {
			throw conflict('set-up', 'The site has an administrator already.');
		}
		return links.issue(tx, { kind: KIND, accountId: null, minutes: LINK_HOURS * 60 });
	});
}

/**
 * Whether a link still works; looking does not use it up.
 * @throws {Refusal} 404 when it does not, and always once there is an administrator.
 */
export async function assertValid(read: Read, token: string): Promise<void> {
	await links.look(read, KIND, token);
	if (!(await isNeeded(read))) throw notFound('page');
}

/**
 * Makes the first administrator with a link's secret, which works once.
 * @throws {Refusal} 404 when the link does not work, 422 with the field that breaks a rule, 409
 * when name or address are taken; then the link still works.
 */
export async function claim(
	db: Database,
	actor: Actor,
	token: string,
	input: NewAccount
): Promise<Account> {
	await assertValid(db.read, token);
	const candidate = await check(db, input, { reservedToo: true });
	await assertFree(db, candidate);
	const passwordHash = await passwords.hash(candidate.password);
	return whenFree(db, candidate, async (tx) => {
		// Of two that use links at once, the same or two, one comes after the other and finds it used.
		await links.lock(tx, KIND, null);
		await links.use(tx, KIND, token);
		if (!(await isNeeded(tx))) throw notFound('page');
		return insert(tx, actor, candidate, { passwordHash, role: 'admin', emailConfirmedAt: now() });
	});
}
