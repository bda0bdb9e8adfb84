import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import { config } from '../../config.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import * as outbox from '../../mail/outbox.ts';
import { conflict, invalid } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import * as links from '../links/links.ts';
import * as mailedSecrets from '../links/mailed-secrets.ts';
import { requireRecent } from '../recent.ts';
import { assertNotLastAdmin } from '../roles.ts';
import * as sessions from '../sessions/sessions.ts';

/** For so long an account that is to be deleted can be kept. */
export const HOURS_TO_KEEP = 24;
const HOUR_MS = 60 * 60 * 1000;

/** What becomes of one's comments: they stay under "Deleted account", or are taken away. */
export const CHOICES = ['keep', 'delete'] as const;
type Choice = (typeof CHOICES)[number];

/** When an account will be deleted, and with its comments or without. */
export interface Leaving {
	at: Date;
	withComments: boolean;
}

/** Whether and how the actor's account will be deleted; null while it stays. @throws {Refusal} 401 */
export async function read(db: Database, actor: Actor): Promise<Leaving | null> {
	requireAccount(actor);
	const [row] = await db.read
		.select({ at: accounts.deletesAt, withComments: accounts.deletesComments })
		.from(accounts)
		.where(eq(accounts.id, actor.accountId));
	return row?.at ? { at: row.at, withComments: row.withComments } : null;
}

function readChoice(text: string): Choice {
	const known = CHOICES.find((one) => one === text);
	if (known) return known;
	throw invalid('comments', 'Choose what becomes of your comments.', 'comments');
}

async function tell(tx: Tx, accountId: string, withComments: boolean): Promise<void> {
	const [{ email }] = await tx
		.select({ email: accounts.email })
		.from(accounts)
		.where(eq(accounts.id, accountId));
	if (email === null || config().mail === null) return;
	const minutes = HOURS_TO_KEEP * 60;
	const secret = await mailedSecrets.promise(tx, { kind: 'keep-account', accountId, minutes });
	const { siteName } = await outbox.source(tx);
	await outbox.enqueue(tx, {
		to: email,
		subject: `Your account on ${siteName} will be deleted`,
		paragraphs: [
			`Your account on ${siteName} will be deleted in ${HOURS_TO_KEEP} hours, ${withComments ? 'and your comments with it' : 'and your comments will stay without your name'}.`,
			'If you have changed your mind, or if it was not you who asked for this, keep it by this link:',
			{ link: { label: 'Keep my account', url: `/keep-account?token=${secret}` } },
			'If you did not ask for this, somebody can sign in to your account: keep it, then change your password.'
		]
	});
}

/**
 * Has the actor's account deleted in 24 hours: its sessions end but for this one, and its owner is told by
 * mail how to keep it. Asking again changes the choice, and the time begins anew.
 * @param input.comments one of `CHOICES`.
 * @throws {Refusal} 401, 403 `confirm-first`, 409 for the last administrator, 422 without a choice, 429.
 */
export async function leave(
	db: Database,
	actor: Actor,
	input: { comments: string }
): Promise<void> {
	requireAccount(actor);
	requireRecent(actor);
	const choice = readChoice(input.comments);
	const { accountId } = actor;
	const deletesAt = new Date(now().getTime() + HOURS_TO_KEEP * HOUR_MS);
	await db.write(async (tx) => {
		await limits.take(tx, limits.leave, actor);
		await assertNotLastAdmin(tx, accountId);
		const deletesComments = choice === 'delete';
		await tx
			.update(accounts)
			.set({ deletesAt, deletesComments })
			.where(and(eq(accounts.id, accountId), isNull(accounts.deletedAt)));
		await sessions.endOthers(tx, accountId, actor.session?.handle ?? '');
		await tell(tx, accountId, deletesComments);
		await events.record(tx, actor, 'account.delete-asked', { details: { comments: choice } });
	});
}

/** @throws {Refusal} 409 once the time is over. */
async function stay(tx: Tx, actor: Actor, accountId: string): Promise<void> {
	const { id, deletesAt, deletedAt } = accounts;
	const rows = await tx
		.update(accounts)
		.set({ deletesAt: null, deletesComments: false })
		.where(and(eq(id, accountId), gt(deletesAt, now()), isNull(deletedAt)))
		.returning({ id });
	if (rows.length > 0) return events.record(tx, actor, 'account.kept', { accountId });
	const [row] = await tx
		.select({ isOver: sql`${deletesAt} is not null`.mapWith(Boolean) })
		.from(accounts)
		.where(eq(id, accountId));
	if (row?.isOver) throw conflict('too-late', 'It is too late: this account is being deleted.');
}

/**
 * Keeps the actor's account after all; one that stays anyway is no mistake.
 * @throws {Refusal} 401, 409 once the time is over.
 */
export async function keep(db: Database, actor: Actor): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	await db.write(async (tx) => {
		await stay(tx, actor, accountId);
		await links.revoke(tx, 'keep-account', accountId);
	});
}

/** Whether the link of a mail still keeps an account. @throws {Refusal} 404 when it does not. */
export async function lookAtLink(read: Read, secret: string): Promise<void> {
	await links.look(read, 'keep-account', secret);
}

/** Keeps the account that the link of a mail stands for. @throws {Refusal} 404 for no such link, 409 */
export async function keepByLink(db: Database, actor: Actor, secret: string): Promise<void> {
	await db.write(async (tx) => {
		const { accountId } = await links.use(tx, 'keep-account', secret);
		if (accountId !== null) await stay(tx, actor, accountId);
	});
}
