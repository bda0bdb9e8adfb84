import { eq, sql } from 'drizzle-orm';
import { isStaff, within, type Member } from '../actor.ts';
import { barredOf } from '../accounts/barred.ts';
import { unconfirmed } from '../accounts/rows.ts';
import { mustConfirm } from '../accounts/signing-up/sign-up-rules.ts';
import { holdsPosts, stateAt } from '../articles/commenting-rules.ts';
import type { SlowColumns } from '../articles/slow-mode.ts';
import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, articles } from '../database/schema.ts';
import type { Finding } from '../moderation/screen/findings.ts';
import * as screen from '../moderation/screen/screen.ts';
import { notFound, signInFirst } from '../refusal.ts';
import { maySeeDiscussion } from './access.ts';
import {
	assertAcknowledged,
	assertConfirmed,
	assertMayWrite,
	assertNotBarred,
	type RuledDiscussion
} from './rules.ts';

const lockArticle = prepared((tx: Tx) =>
	forUpdate(
		tx
			.select({
				publishedAt: articles.publishedAt,
				categoryId: articles.categoryId,
				staffMaySpeak: articles.staffMaySpeak,
				commenting: articles.commenting,
				commentingUntil: articles.commentingUntil,
				commentingThen: articles.commentingThen,
				slowMode: articles.slowMode,
				slowSeconds: articles.slowSeconds
			})
			.from(articles)
			.where(eq(articles.id, sql.placeholder('article')))
	).prepare('lock_article')
);
const lockAccount = prepared((tx: Tx) =>
	forUpdate(
		tx
			.select({
				suspendedUntil: accounts.suspendedUntil,
				bannedAt: accounts.bannedAt,
				warningId: accounts.warningId,
				unconfirmed,
				deletedAt: accounts.deletedAt,
				approvalRequiredAt: accounts.approvalRequiredAt
			})
			.from(accounts)
			.where(eq(accounts.id, sql.placeholder('account')))
	).prepare('lock_account')
);

/** What holds at the moment of writing. */
export interface Allowed extends RuledDiscussion {
	/** The actor as it stands on the article. */
	here: Member;
	slow: SlowColumns;
	/** What the actor writes waits for a moderator, because of the account. */
	approvalRequired: boolean;
}

/**
 * The rules that hold at the moment of writing: the actor may write here and take part at all.
 * The locks make a post that races a close, or a ban, come before it or be refused.
 */
export async function assertStillAllowed(
	tx: Tx,
	actor: Member,
	articleId: string
): Promise<Allowed> {
	const [row] = await lockArticle(tx).execute({ article: articleId });
	if (!maySeeDiscussion(actor, row, 'open')) throw notFound('article');
	const [account] = await lockAccount(tx).execute({ account: actor.accountId });
	if (account.deletedAt !== null) throw signInFirst();
	assertNotBarred({ barred: barredOf(account, now()) });
	assertConfirmed(await mustConfirm(tx, account));
	assertAcknowledged(account);
	const here = within(actor, row.categoryId);
	const discussion = { state: stateAt(row, now()), staffMaySpeak: row.staffMaySpeak };
	assertMayWrite(here, discussion);
	return { ...discussion, here, slow: row, approvalRequired: account.approvalRequiredAt !== null };
}

/** What screening finds in a text by what holds at the moment of writing; nothing in one of staff. */
export async function screened(
	tx: Tx,
	{ state, here, approvalRequired }: Allowed,
	prepared: screen.Prepared
): Promise<Finding[]> {
	if (isStaff(here)) return [];
	return screen.run(tx, prepared, { approvalRequired, premoderated: holdsPosts(state) });
}
