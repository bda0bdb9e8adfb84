import { and, eq, isNull, sql } from 'drizzle-orm';
import { system } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, apiTokens } from '../database/schema.ts';
import { whileUnchanged } from '../database/while-unchanged.ts';
import { newId } from '../ids.ts';
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
		await events.record(tx, system, 'token.made', { accountId: account.id });
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
