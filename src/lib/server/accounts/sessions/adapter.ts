import type { Adapter, DatabaseSession } from 'lucia';
import { and, eq, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { now } from '../../clock.ts';
import type { Database, Read, Tx } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { accounts, sessions } from '../../database/schema.ts';
import { within } from '../../database/within.ts';
import { accountColumns, type Account } from '../rows.ts';
import { digest } from '../secrets.ts';
import type { SignInMethod } from './sign-in-methods.ts';

/** After this many days without a visit a session ends. */
export const IDLE_DAYS = 30;
/** After this many days a session ends in any case. */
export const ABSOLUTE_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

// What stands in for a session's id where only its hash is known; no credential looks like it.
const TAG = 'sha256:';
// Lucia's ids: 25 random bytes in base32.
const TOKEN = /^[a-z2-7]{40}$/;

/** What a session carries beside its account. */
export interface SessionAttributes {
	createdAt: Date;
	/** When it will end unless its reader comes back. */
	endsAt: Date;
	/** What its owner's list of sessions calls it; no credential. */
	handle: string;
	method: SignInMethod;
	/** The browser and system in words. */
	device: string;
	/** The network address that it began from. */
	address: string | null;
	/** When it was last used, to the hour or so. */
	seenAt: Date | null;
	/** When its reader last proved who they are. */
	authenticatedAt: Date | null;
	/** When they gave a second factor. */
	secondFactorAt: Date | null;
}

/** Whether a text has the form of a session's token; a tag has not. */
export function isToken(text: string): boolean {
	return TOKEN.test(text);
}

const read = prepared((db: Read) =>
	db
		.select({ session: sessions, account: accountColumns })
		.from(sessions)
		.innerJoin(accounts, eq(accounts.id, sessions.accountId))
		// Nobody is signed in by an account that was deleted in the moment of signing in.
		.where(and(eq(sessions.id, sql.placeholder('id')), isNull(accounts.deletedAt)))
		.prepare('session')
);

function hashOf(idOrTag: string): string {
	return idOrTag.startsWith(TAG) ? idOrTag.slice(TAG.length) : digest(idOrTag);
}

function daysLater(date: Date, days: number): Date {
	return new Date(date.getTime() + days * DAY_MS);
}

/** When a session that is used now will end, unless it is used again. */
export function endOf(createdAt: Date): Date {
	const idle = daysLater(now(), IDLE_DAYS);
	const last = daysLater(createdAt, ABSOLUTE_DAYS);
	return idle < last ? idle : last;
}

function attributesOf(row: typeof sessions.$inferSelect): Omit<SessionAttributes, 'endsAt'> {
	const { createdAt, handle, method, device, address } = row;
	const { seenAt, authenticatedAt, secondFactorAt } = row;
	return {
		...{ createdAt, handle, method, device, address },
		...{ seenAt, authenticatedAt, secondFactorAt }
	};
}

/**
 * A session as Lucia is to see it: by its own clock, and as just lengthened when it cannot be
 * lengthened any more, or it would be written to at every visit of its last days.
 */
function forLucia(row: typeof sessions.$inferSelect, id: string): DatabaseSession {
	const last = daysLater(row.createdAt, ABSOLUTE_DAYS);
	const isLast = row.expiresAt >= last;
	const shown = isLast ? daysLater(now(), IDLE_DAYS) : row.expiresAt;
	return {
		id,
		userId: row.accountId,
		expiresAt: new Date(shown.getTime() - now().getTime() + Date.now()),
		attributes: { ...attributesOf(row), endsAt: isLast ? last : row.expiresAt }
	};
}

async function lengthen(tx: Tx, id: string): Promise<void> {
	const [row] = await tx.select().from(sessions).where(eq(sessions.id, id));
	if (!row) return;
	const expiresAt = endOf(row.createdAt);
	await tx.update(sessions).set({ expiresAt }).where(eq(sessions.id, id));
}

/**
 * Lucia's port to our tables. Only the SHA-256 of a session's id is stored, so `getUserSessions`
 * answers with tagged hashes, which `deleteSession` takes and `getSessionAndUser` refuses.
 */
export function adapter(db: Database | Tx): Adapter {
	return {
		async getSessionAndUser(id) {
			if (!isToken(id)) return [null, null];
			const [row] = await read('read' in db ? db.read : db).execute({ id: digest(id) });
			if (!row) return [null, null];
			const session = forLucia(row.session, id);
			// Left to the sweep, so that reading never waits for writing.
			if (session.attributes.endsAt <= now()) return [null, null];
			const account: Account = row.account;
			return [session, { id: account.id, attributes: account }];
		},
		async getUserSessions(accountId) {
			const rows = await ('read' in db ? db.read : db)
				.select()
				.from(sessions)
				.where(eq(sessions.accountId, accountId));
			return rows.map((row) => forLucia(row, TAG + row.id));
		},
		async setSession({ id, userId, attributes: { endsAt, ...attributes } }) {
			await within(db, async (tx) => {
				const row = { id: digest(id), accountId: userId, expiresAt: endsAt };
				await tx.insert(sessions).values({ ...row, ...attributes });
			});
		},
		async updateSessionExpiration(id) {
			try {
				await within(db, (tx) => lengthen(tx, hashOf(id)));
			} catch {
				// A database that cannot be written to is no reason to refuse reading: the next visit
				// tries again.
			}
		},
		async deleteSession(id) {
			await within(db, async (tx) => {
				await tx.delete(sessions).where(eq(sessions.id, hashOf(id)));
			});
		},
		async deleteUserSessions(accountId) {
			await within(db, async (tx) => {
				await tx.delete(sessions).where(eq(sessions.accountId, accountId));
			});
		},
		async deleteExpiredSessions() {
			const first = daysLater(now(), -ABSOLUTE_DAYS);
			await within(db, async (tx) => {
				const over = or(lte(sessions.expiresAt, now()), lt(sessions.createdAt, first));
				await tx.delete(sessions).where(over);
			});
		}
	};
}
