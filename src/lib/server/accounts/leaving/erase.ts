import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { system } from '../../actor.ts';
import { now } from '../../clock.ts';
import { touchArticles } from '../../comments/counts.ts';
import type { Tx } from '../../database/database.ts';
import { forUpdate } from '../../database/dialect.ts';
import {
	accountNotes,
	accounts,
	apiTokens,
	articles,
	authenticators,
	bylines,
	challenges,
	claims,
	identities,
	knownDevices,
	mails,
	oneTimeTokens,
	passkeys,
	previousNames,
	recoveryCodes,
	sessions
} from '../../database/schema.ts';
import * as unusedPictures from '../../pictures/unused.ts';
import * as events from '../../security/events.ts';
import * as site from '../../site/site.ts';
import { DELETED_NAME, deletedKey } from '../deleted.ts';

/** What an account has few of, and nobody else a use for. */
const OWN: readonly (PgTable & { accountId: PgColumn })[] = [
	...[sessions, apiTokens, passkeys, authenticators, recoveryCodes, identities],
	...[knownDevices, oneTimeTokens, challenges, previousNames, claims, accountNotes]
];

/** Unlinks the bylines of an account, which stay as printed; nobody is there for their articles any more. */
async function unlinkBylines(tx: Tx, accountId: string): Promise<void> {
	const rows = await tx
		.update(bylines)
		.set({ accountId: null })
		.where(eq(bylines.accountId, accountId))
		.returning({ id: bylines.id });
	const ids = rows.map(({ id }) => id);
	if (ids.length === 0) return;
	const left = await tx
		.update(articles)
		.set({ authorHere: false })
		.where(and(inArray(articles.bylineId, ids), eq(articles.authorHere, true)))
		.returning({ id: articles.id });
	await touchArticles(
		tx,
		left.map(({ id }) => id)
	);
}

/**
 * Makes of an account's row one that is nobody's, and deletes what let its owner in: from then on nobody
 * signs in to it, finds it or learns whose it was. Its name and address are free; its mail goes nowhere.
 * Does nothing when that was done, or is not due any more.
 */
export async function erase(tx: Tx, accountId: string): Promise<void> {
	const [account] = await forUpdate(
		tx
			.select({ email: accounts.email, pictureId: accounts.pictureId })
			.from(accounts)
			.where(
				and(eq(accounts.id, accountId), isNull(accounts.deletedAt), lte(accounts.deletesAt, now()))
			)
	);
	if (!account) return;
	await unlinkBylines(tx, accountId);
	const key = deletedKey(accountId);
	await tx
		.update(accounts)
		.set({
			...{ name: DELETED_NAME, nameKey: key, nameSkeleton: key, bio: '', pictureId: null },
			...{ email: null, emailKey: null, emailConfirmedAt: null, passwordHash: null },
			...{ role: 'reader', moderates: null, warningId: null, renamedAt: null },
			...{ mailsAnswers: 'off', mailsFollowed: 'off', mailedAt: null, deletedAt: now() }
		})
		.where(eq(accounts.id, accountId));
	await unusedPictures.drop(tx, account.pictureId);
	for (const table of OWN) await tx.delete(table).where(eq(table.accountId, accountId));
	if (account.email !== null) await tx.delete(mails).where(eq(mails.recipient, account.email));
	await events.record(tx, system, 'account.deleted', { accountId });
	// The name stood wherever its owner wrote.
	await site.touch(tx);
}
