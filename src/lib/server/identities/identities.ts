import { and, asc, eq, isNull } from 'drizzle-orm';
import { requireAccount, type Actor } from '../actor.ts';
import { requireRecent } from '../accounts/recent.ts';
import { accountColumns, type Account } from '../accounts/rows.ts';
import * as waysIn from '../accounts/factors/ways-in.ts';
import { now } from '../clock.ts';
import { config } from '../config.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { accounts, identities } from '../database/schema.ts';
import { notFound } from '../refusal.ts';
import * as events from '../security/events.ts';
import type { Profile } from './profile.ts';
import { SSO } from './settings.ts';

/** Whose accounts can be used here. */
export interface Source {
	key: string;
	name: string;
}

/** An account elsewhere, as its owner sees it on their account's pages. */
export interface Linked extends Source {
	subject: string;
	label: string;
	createdAt: Date;
	usedAt: Date | null;
}

type Subject = Pick<Profile, 'provider' | 'subject'>;

function is({ provider, subject }: Subject) {
	return and(eq(identities.provider, provider), eq(identities.subject, subject));
}

/** Whose accounts people may sign in with, besides the newsroom's own. */
export function sources(): Source[] {
	return config().providers.map(({ key, name }) => ({ key, name }));
}

/** What people know a provider by; its key when it is not set up any more. */
export function nameOf(provider: string): string {
	const { providers, singleSignOn } = config();
	if (provider === SSO && singleSignOn) return singleSignOn.name;
	return providers.find(({ key }) => key === provider)?.name ?? provider;
}

/** The account that an account elsewhere signs in to; null for none. */
export async function accountOf(read: Read, subject: Subject): Promise<Account | null> {
	const [row] = await read
		.select(accountColumns)
		.from(identities)
		.innerJoin(accounts, eq(accounts.id, identities.accountId))
		.where(and(is(subject), isNull(accounts.deletedAt)));
	return row ?? null;
}

/** The accounts elsewhere that sign in to the actor's. @throws {Refusal} 401 for a guest. */
export async function list(db: Database, actor: Actor): Promise<Linked[]> {
	requireAccount(actor);
	const rows = await db.read
		.select()
		.from(identities)
		.where(eq(identities.accountId, actor.accountId))
		.orderBy(asc(identities.createdAt), asc(identities.provider));
	return rows.map(({ provider, subject, label, createdAt, usedAt }) => {
		return { key: provider, name: nameOf(provider), subject, label, createdAt, usedAt };
	});
}

/** Keeps that an account elsewhere signs in to one here. */
export async function link(
	tx: Tx,
	actor: Actor,
	profile: Profile,
	accountId: string
): Promise<void> {
	const { provider, subject, label } = profile;
	const at = now();
	await tx
		.insert(identities)
		.values({ provider, subject, accountId, label, createdAt: at, usedAt: at });
	await events.record(tx, actor, 'identity.linked', { accountId, details: { provider } });
}

/** Notes that an account elsewhere was used, and what it is called there now. */
export async function use(tx: Tx, profile: Profile): Promise<void> {
	const { label } = profile;
	await tx.update(identities).set({ label, usedAt: now() }).where(is(profile));
}

/**
 * Takes from the actor's account an account elsewhere that signs in to it.
 * @throws {Refusal} 401, 403 `confirm-first`, 404 for none of theirs, 409 when there is no other way to
 * sign in.
 */
export async function unlink(db: Database, actor: Actor, input: Subject): Promise<void> {
	requireAccount(actor);
	requireRecent(actor);
	const { accountId } = actor;
	const { provider } = input;
	await db.write(async (tx) => {
		const own = and(is(input), eq(identities.accountId, accountId));
		const rows = await tx.delete(identities).where(own).returning();
		if (rows.length === 0) throw notFound('linked account');
		await waysIn.assertOneLeft(tx, accountId);
		await events.record(tx, actor, 'identity.removed', { details: { provider } });
	});
}
