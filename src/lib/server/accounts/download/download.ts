import { asc, eq } from 'drizzle-orm';
import { requireAccount, type Actor, type Member } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Read } from '../../database/database.ts';
import { accounts, mails, pictures } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import * as events from '../../security/events.ts';
import { requireRecent } from '../recent.ts';
import { entries } from './rows.ts';
import { SECTIONS } from './sections.ts';

async function accountOf(db: Read, accountId: string) {
	const [row] = await db
		.select({ account: accounts, image: pictures.image })
		.from(accounts)
		.leftJoin(pictures, eq(pictures.id, accounts.pictureId))
		.where(eq(accounts.id, accountId));
	return row;
}

/** The account itself. Whether it has a password may be known, its hash need not. */
function aboutAccount({ account, image }: Awaited<ReturnType<typeof accountOf>>): object {
	const { name, email, role, bio, createdAt, passwordHash } = account;
	return {
		...{ name, email, email_confirmed_at: account.emailConfirmedAt, role, bio },
		...{ created_at: createdAt, renamed_at: account.renamedAt, deletes_at: account.deletesAt },
		has_password: passwordHash !== null,
		picture: image === null ? null : `data:image/webp;base64,${image}`,
		mail_about_answers: account.mailsAnswers,
		mail_about_what_you_follow: account.mailsFollowed,
		mailed_at: account.mailedAt,
		suspended_until: account.suspendedUntil,
		banned_at: account.bannedAt,
		approval_required_at: account.approvalRequiredAt,
		reports_upheld: account.reportsUpheld,
		reports_dismissed: account.reportsDismissed
	};
}

/** The mail of the last two weeks; the outbox holds no longer one. Not its words, which may hold keys. */
async function mailsTo(db: Read, email: string | null): Promise<object[]> {
	if (email === null) return [];
	return db
		.select({ subject: mails.subject, made_at: mails.createdAt, sent_at: mails.sentAt })
		.from(mails)
		.where(eq(mails.recipient, email))
		.orderBy(asc(mails.id));
}

/** A list of JSON, entry by entry. */
async function* list(
	name: string,
	items: AsyncIterable<object> | object[]
): AsyncGenerator<string> {
	yield `,\n${JSON.stringify(name)}: [`;
	let comma = '';
	for await (const item of items) {
		yield `${comma}\n${JSON.stringify(item)}`;
		comma = ',';
	}
	yield ']';
}

async function* write(db: Read, { accountId }: Member): AsyncGenerator<string> {
	const row = await accountOf(db, accountId);
	yield `{"made_at": ${JSON.stringify(now())},\n"account": ${JSON.stringify(aboutAccount(row))}`;
	for (const section of SECTIONS) yield* list(section.name, entries(db, section, accountId));
	yield* list('mail', await mailsTo(db, row.account.email));
	yield '}\n';
}

/**
 * Everything that the site knows about the actor, as the parts of one JSON text, in bounded memory.
 * @throws {Refusal} 401, 403 `confirm-first`, 429; before anything is given.
 */
export async function download(db: Database, actor: Actor): Promise<AsyncGenerator<string>> {
	requireAccount(actor);
	requireRecent(actor);
	await db.write(async (tx) => {
		await limits.take(tx, limits.ownData, actor);
		await events.record(tx, actor, 'account.downloaded');
	});
	return write(db.read, actor);
}
