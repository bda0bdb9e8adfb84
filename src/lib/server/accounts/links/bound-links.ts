import type { Actor } from '../../actor.ts';
import { config } from '../../config.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import * as limits from '../../limits/limits.ts';
import * as outbox from '../../mail/outbox.ts';
import type { Mail } from '../../mail/outbox.ts';
import { isRefusal, notFound } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import type { SecurityEventKind } from '../../security/kinds.ts';
import type { Recipient } from '../addresses/account-mails.ts';
import * as accountFound from '../found.ts';
import type { Found } from '../found.ts';
import type { LinkKind } from './link-kinds.ts';
import * as links from './links.ts';
import * as mailedSecrets from './mailed-secrets.ts';
import { digest } from '../secrets.ts';

/** A link that is mailed to an account's address, and works while that is its address. */
export interface BoundLink {
	kind: LinkKind;
	minutes: number;
	/** Where it leads; the secret follows as `?token=`. */
	path: string;
	/** The mail that it is in. */
	mail: (recipient: Recipient, url: string) => Mail;
}

/** What a link that was followed stands for. */
export interface Followed {
	found: Found;
	data: Record<string, string>;
}

/**
 * Whether one more mail that a stranger can bring about may go to an address. Whoever asks is not told:
 * an answer of its own would say that the address has an account.
 */
export async function mayMail(tx: Tx, emailKey: string): Promise<boolean> {
	try {
		await limits.takeFor(tx, limits.mailTo, { account: digest(emailKey) });
		return true;
	} catch (thrown) {
		if (isRefusal(thrown)) return false;
		throw thrown;
	}
}

/** A link that works while an account has an address. */
export function boundTo(
	emailKey: string,
	{ accountId, link, data }: { accountId: string; link: BoundLink; data?: Record<string, string> }
): links.NewLink {
	const { kind, minutes } = link;
	return { kind, accountId, data: { ...data, emailKey }, minutes };
}

/** Mails an account a new link of a kind; earlier ones are worth nothing any more. None without an address. */
export async function send(
	tx: Tx,
	{ account, email, emailKey }: Found,
	link: BoundLink,
	data?: Record<string, string>
): Promise<void> {
	if (email === null || emailKey === null) return;
	const made = boundTo(emailKey, { accountId: account.id, link, data });
	const secret = await mailedSecrets.promise(tx, made);
	const recipient = { email, name: account.name };
	await outbox.enqueue(tx, link.mail(recipient, `${link.path}?token=${secret}`));
}

/** How somebody may ask for a link who need not be the account's owner. */
export interface Asking {
	link: BoundLink;
	limit: limits.Limit;
	/** What is recorded when there is such an account. */
	event?: SecurityEventKind;
	data?: Record<string, string>;
}

/**
 * Mails the account that somebody means a link, if there is one with an address. Nothing that the one
 * who asks is told or can measure depends on it: one transaction, whose cost is its commit.
 * @throws {Refusal} 404 where no mail can be sent, 429 for too many from one network.
 */
export async function sendTyped(
	db: Database,
	actor: Actor,
	typed: string,
	{ link, limit, event, data }: Asking
): Promise<void> {
	if (config().mail === null) throw notFound('page');
	await db.write(async (tx) => {
		await limits.take(tx, limit, actor);
		const found = await accountFound.byTyped(tx, typed);
		if (!found?.emailKey || !(await mayMail(tx, found.emailKey))) return;
		await send(tx, found, link, data);
		if (event) await events.record(tx, actor, event, { accountId: found.account.id });
	});
}

async function bound(read: Read, { accountId, data }: links.Linked): Promise<Followed> {
	const found = accountId === null ? undefined : await accountFound.byId(read, accountId);
	if (!found?.emailKey || found.emailKey !== data.emailKey) throw links.over();
	return { found, data };
}

/** Whose a link is; looking does not use it up. @throws {Refusal} 404 when it does not work, or the address is another now. */
export async function look(read: Read, kind: LinkKind, secret: string): Promise<Found> {
	return (await bound(read, await links.look(read, kind, secret))).found;
}

/** Uses a link up. @throws {Refusal} as `look` */
export async function use(tx: Tx, kind: LinkKind, secret: string): Promise<Followed> {
	return bound(tx, await links.use(tx, kind, secret));
}
