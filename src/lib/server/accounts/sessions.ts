import { and, eq, ne } from 'drizzle-orm';
import { Lucia, TimeSpan } from 'lucia';
import type { ActorSession } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { sessions } from '../database/schema.ts';
import { adapter, endOf, IDLE_DAYS, isToken, type SessionAttributes } from './adapter.ts';
import { newId } from '../ids.ts';
import type { Account } from './rows.ts';
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
	session: ActorSession & { createdAt: Date; expiresAt: Date };
	/** The session was lengthened just now: set the cookie again. */
	fresh: boolean;
}

/** How the cookie is named and set; `expires` is the session's. */
export interface SessionCookie {
	name: '__Host-session' | 'session';
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
 * The cookie that holds a session's token, by the origin that the browser sees. Over plain http,
 * which is meant for one's own machine, a browser would not keep a `Secure` cookie.
 */
export function cookie(origin: string): SessionCookie {
	const secure = origin.startsWith('https:');
	return {
		name: secure ? '__Host-session' : 'session',
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
	const { createdAt, endsAt, fresh, handle, authenticatedAt, secondFactorAt } = session;
	const expiresAt = fresh ? endOf(createdAt) : endsAt;
	const shown = { createdAt, expiresAt, handle, authenticatedAt, secondFactorAt };
	return { account: user.account, session: shown, fresh };
}

/** Signs a browser out; nothing happens for a token that is none. */
export async function end(db: Database | Tx, token: string): Promise<void> {
	if (isToken(token)) await luciaOf(db).invalidateSession(token);
}

/** Signs an account out everywhere. */
export async function endAll(db: Database | Tx, accountId: string): Promise<void> {
	await luciaOf(db).invalidateUserSessions(accountId);
}

/** Signs an account out everywhere but in the session of this handle. */
export async function endOthers(tx: Tx, accountId: string, handle: string): Promise<void> {
	const { accountId: owner, handle: own } = sessions;
	await tx.delete(sessions).where(and(eq(owner, accountId), ne(own, handle)));
}

/** Deletes the sessions that have ended by themselves. */
export async function deleteExpired(db: Database | Tx): Promise<void> {
	await luciaOf(db).deleteExpiredSessions();
}
