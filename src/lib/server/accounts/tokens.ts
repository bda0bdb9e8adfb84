import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { system } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, apiTokens } from '../database/schema.ts';
import { whileUnchanged } from '../database/while-unchanged.ts';
import { isId, newId } from '../ids.ts';
import { notFound } from '../refusal.ts';
import * as events from '../security/events.ts';
import { byName } from './accounts.ts';
import { accountColumns, type Account } from './rows.ts';
import { digest, newSecret } from './secrets.ts';

// So that a token is known for what it is where it should not be: in a log, in a repository.
const PREFIX = 'aft_';
const TOKEN = /^aft_[\w-]{43}$/;

const ownerOf = prepared((read: Read) =>
	read
		.select(accountColumns)
		.from(apiTokens)
		.innerJoin(accounts, eq(accounts.id, apiTokens.accountId))
		.where(and(eq(apiTokens.tokenHash, sql.placeholder('hash')), isNull(accounts.deletedAt)))
		.prepare('token')
);

/** A token as the operator's list shows it: nothing of its secret, not even its hash. */
export interface ListedToken {
	/** Names it; no credential. */
	id: string;
	createdAt: Date;
	/** The account that it acts as. */
	account: Account;
}

/**
 * Makes a bearer token with which programs act as an account. It is shown this once: only its hash
 * is kept.
 * @throws {Refusal} 404 for a name that nobody has.
 */
export async function create(db: Database, accountName: string): Promise<string> {
	const token = PREFIX + newSecret();
	await db.write(async (tx) => {
		const account = await byName(tx, accountName);
		if (!account) throw notFound('account');
		const row = { id: newId(), tokenHash: digest(token), accountId: account.id, createdAt: now() };
		await tx.insert(apiTokens).values(row);
		const details = { token: row.id };
		await events.record(tx, system, 'token.made', { accountId: account.id, details });
	});
	return token;
}

const accountOf = whileUnchanged(async (db, hash): Promise<Account | null> => {
	const [account] = await ownerOf(db.read).execute({ hash });
	return account ?? null;
});

/** The account that a bearer token acts as; null for none. */
export async function read(db: Database, token: string): Promise<Account | null> {
	return TOKEN.test(token) ? accountOf(db, digest(token)) : null;
}

/**
 * All tokens, or those of one account, the newest first.
 * @throws {Refusal} 404 for a name that nobody has.
 */
export async function list(db: Database, accountName?: string): Promise<ListedToken[]> {
	const account = accountName === undefined ? null : await byName(db.read, accountName);
	if (accountName !== undefined && !account) throw notFound('account');
	return db.read
		.select({ id: apiTokens.id, createdAt: apiTokens.createdAt, account: accountColumns })
		.from(apiTokens)
		.innerJoin(accounts, eq(accounts.id, apiTokens.accountId))
		.where(account ? eq(apiTokens.accountId, account.id) : undefined)
		.orderBy(desc(apiTokens.id));
}

/** Which token is meant by its id, or by itself where it was found. @throws {Refusal} 404 */
function named(idOrToken: string) {
	if (isId(idOrToken)) return eq(apiTokens.id, idOrToken);
	if (TOKEN.test(idOrToken)) return eq(apiTokens.tokenHash, digest(idOrToken));
	throw notFound('token');
}

/** Makes a token worthless from the next request on. @throws {Refusal} 404 */
export async function revoke(db: Database, idOrToken: string): Promise<ListedToken> {
	const one = named(idOrToken);
	return db.write(async (tx) => {
		const [gone] = await tx.delete(apiTokens).where(one).returning();
		if (!gone) throw notFound('token');
		const { id, createdAt, accountId } = gone;
		const [account] = await tx
			.select(accountColumns)
			.from(accounts)
			.where(eq(accounts.id, accountId));
		await events.record(tx, system, 'token.revoked', { accountId, details: { token: id } });
		return { id, createdAt, account };
	});
}
