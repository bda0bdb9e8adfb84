import { requireAccount, type Actor } from '../../actor.ts';
import type { Database, Read } from '../../database/database.ts';
import * as limits from '../../limits/limits.ts';
import * as mails from '../addresses/account-mails.ts';
import * as boundLinks from './bound-links.ts';
import * as confirmed from '../addresses/confirmed.ts';
import type { Account } from '../rows.ts';

const LINK = {
	kind: 'sign-in',
	minutes: 15,
	path: '/sign-in/link/follow',
	mail: mails.signIn
} satisfies boundLinks.BoundLink;

/**
 * Mails a link that signs in, and leads on to `next`, to the account of a name or an address, if there
 * is one.
 * @throws {Refusal} 429.
 */
export function ask(
	db: Database,
	actor: Actor,
	{ name, next }: { name: string; next: string }
): Promise<void> {
	const asking = { link: LINK, limit: limits.signInLink, data: { next } };
	return boundLinks.sendTyped(db, actor, name, asking);
}

/** Mails the actor such a link, as a fresh proof of who they are. @throws {Refusal} 401, 429 */
export async function askOwn(db: Database, actor: Actor, next: string): Promise<void> {
	requireAccount(actor);
	return ask(db, actor, { name: actor.name, next });
}

/** The name of the account that a link signs in. @throws {Refusal} 404 when it does not work */
export async function look(read: Read, secret: string): Promise<string> {
	return (await boundLinks.look(read, LINK.kind, secret)).account.name;
}

/** Uses a link: who is signed in, and where it leads. @throws {Refusal} 404 when it does not work, 429 */
export async function follow(
	db: Database,
	actor: Actor,
	secret: string
): Promise<{ account: Account; next: string }> {
	return db.write(async (tx) => {
		await limits.take(tx, limits.followLink, actor);
		const { found, data } = await boundLinks.use(tx, LINK.kind, secret);
		await confirmed.note(tx, actor, found.account.id);
		return { account: found.account, next: data.next };
	});
}
