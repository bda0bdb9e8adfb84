import { and, eq, ne } from 'drizzle-orm';
import { Lucia, TimeSpan } from 'lucia';
import type { Actor, ActorSession } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Tx } from '../../database/database.ts';
import { challenges, sessions as rows } from '../../database/schema.ts';
import { within } from '../../database/within.ts';
import { adapter, endOf, IDLE_DAYS, isToken, type SessionAttributes } from './adapter.ts';
import { newId } from '../../ids.ts';
import type { Account } from '../rows.ts';
import type { SignInMethod } from './sign-in-methods.ts';

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof lucia>;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: Account;
	}
}

/** What a new session gives to the browser. */
export interface NewSession {
	/** For the cookie, and nowhere else. */
	token: string;
	expiresAt: Date;
}

/** How a session begins. */
export interface Beginning {
	method?: SignInMethod;
	/** The browser and system in words. */
	device?: string;
	/** The network address. */
	address?: string | null;
	/** A second factor was given as well. */
	withSecondFactor?: boolean;
}

/** A signed-in browser. */
export interface SignedIn {
	account: Account;
	session: ActorSession & { createdAt: Date; expiresAt: Date; seenAt: Date | null };
	/** The session was lengthened just now: set the cookie again. */
	fresh: boolean;
}

/** How a cookie for this host alone is named and set. */
export interface HostCookie {
	name: string;
	attributes: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean };
}

function lucia(db: Database | Tx) {
	return new Lucia(adapter(db), {
		sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd'),
		getSessionAttributes: (attributes) => attributes,
		getUserAttributes: (account) => ({ account })
	});
}

const instances = new WeakMap<Database, ReturnType<typeof lucia>>();

function luciaOf(db: Database | Tx) {
	if (!('write' in db)) return lucia(db);
	let instance = instances.get(db);
	if (!instance) instances.set(db, (instance = lucia(db)));
	return instance;
}

/**
 * A cookie that no script reads and no other host gets, by the origin that the browser sees. Over
 * plain http, which is meant for one's own machine, a browser would not keep a `Secure` cookie.
 */
export function hostCookie(name: string, origin: string): HostCookie {
	const secure = origin.startsWith('https:');
	return {
		name: secure ? `__Host-${name}` : name,
		attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure }
	};
}

/** Signs a browser in. */
export async function create(
	db: Database | Tx,
	accountId: string,
	beginning: Beginning = {}
): Promise<NewSession> {
	const { method = 'password', device = '', address = null, withSecondFactor = false } = beginning;
	const createdAt = now();
	const endsAt = endOf(createdAt);
	const session = await luciaOf(db).createSession(accountId, {
		...{ createdAt, endsAt, handle: newId(), method, device, address },
		authenticatedAt: createdAt,
		seenAt: createdAt,
		secondFactorAt: withSecondFactor ? createdAt : null
	});
	return { token: session.id, expiresAt: endsAt };
}

/**
 * Who a token signs in, as the account is at this moment; null for none, an ended or a made-up one.
 * Past the half of its idle time the session is lengthened, to at most 90 days in all.
 */
export async function read(db: Database, token: string): Promise<SignedIn | null> {
	const { session, user } = await luciaOf(db).validateSession(token);
	if (!session) return null;
	const { createdAt, endsAt, fresh, handle, authenticatedAt, secondFactorAt, seenAt } = session;
	const expiresAt = fresh ? endOf(createdAt) : endsAt;
	const shown = { createdAt, expiresAt, handle, authenticatedAt, secondFactorAt, seenAt };
	return { account: user.account, session: shown, fresh };
}

/** Signs a browser out; nothing happens for a token that is none. */
export async function end(db: Database | Tx, token: string): Promise<void> {
	if (isToken(token)) await luciaOf(db).invalidateSession(token);
}

/** Signs an account out everywhere; sign-ins that wait for their second step come to nothing too. */
export async function endAll(db: Database | Tx, accountId: string): Promise<void> {
	const { accountId: owner, kind } = challenges;
	await within(db, async (tx) => {
		await luciaOf(tx).invalidateUserSessions(accountId);
		await tx.delete(challenges).where(and(eq(owner, accountId), eq(kind, 'second-step')));
	});
}

/** A session's last use is written down when the one before is longer ago. */
const SEEN_EVERY_MS = 60 * 60 * 1000;

/**
 * Notes that a session is used, and from where: about hourly, and not at all while the database
 * cannot be written to, which is no reason to refuse reading.
 */
export async function see(
	db: Database,
	{ session: { handle, seenAt }, account }: SignedIn,
	address: string
): Promise<void> {
	const at = now();
	if (seenAt !== null && at.getTime() - seenAt.getTime() < SEEN_EVERY_MS) return;
	const mine = and(eq(rows.accountId, account.id), eq(rows.handle, handle));
	try {
		await db.write((tx) => tx.update(rows).set({ seenAt: at, address }).where(mine));
	} catch {
		// The next request tries again.
	}
}

/** Notes that the reader of the actor's session proved just now who they are. */
export async function prove(
	tx: Tx,
	actor: Actor,
	{ withSecondFactor = false }: Pick<Beginning, 'withSecondFactor'> = {}
): Promise<void> {
	if (!actor.session || actor.accountId === null) return;
	const at = now();
	const mine = and(eq(rows.accountId, actor.accountId), eq(rows.handle, actor.session.handle));
	const proof = withSecondFactor
		? { authenticatedAt: at, secondFactorAt: at }
		: { authenticatedAt: at };
	await tx.update(rows).set(proof).where(mine);
}

/** Signs an account out everywhere but in the session of this handle. */
export async function endOthers(tx: Tx, accountId: string, handle: string): Promise<void> {
	const { accountId: owner, handle: own } = rows;
	await tx.delete(rows).where(and(eq(owner, accountId), ne(own, handle)));
}

/** Deletes the sessions that have ended by themselves. */
export async function deleteExpired(db: Database | Tx): Promise<void> {
	await luciaOf(db).deleteExpiredSessions();
}
