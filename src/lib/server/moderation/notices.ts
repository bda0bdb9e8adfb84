import { and, eq } from 'drizzle-orm';
import { digest, newSecret } from '../accounts/secrets.ts';
import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { readable } from '../comments/access.ts';
import type { Database, Read } from '../database/database.ts';
import { articles, comments, reports } from '../database/schema.ts';
import { isId, newId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { conflict, notFound, signInFirst } from '../refusal.ts';
import * as folding from './folding.ts';
import { readUnsigned, type Said, type Unsigned } from './illegal-content.ts';
import * as noticeMail from './notice-mail.ts';
import type { ReportOutcome } from './outcomes.ts';
import { UNSIGNED } from './reporter-weight.ts';
import { assertReportable, lockRevision } from './reportable.ts';

/** A notice of illegal content by somebody without an account. */
export interface NoticeInput extends Said, Unsigned {
	/** The comment. */
	id: string;
	/** `illegal-content`; anything else needs an account. */
	reason: string;
	/** The revision that was seen; the present one without it. */
	revision?: number;
	/** The secret that the form was made with; sent twice, it is one notice. */
	secret?: string;
	/** What came in a field that people do not see: only a machine fills it in. */
	trap?: string;
}

/** Where somebody without an account learns what became of their notice. */
export interface Receipt {
	id: string;
	secret: string;
}

// As `newSecret` makes them.
const SECRET = /^[\w-]{43}$/;

type Row = typeof reports.$inferInsert;

/** The id of the same notice, sent before. @throws {Refusal} 409 for another one */
async function sentBefore(db: Read, row: Row): Promise<string | null> {
	const [before] = await db.select().from(reports).where(eq(reports.secretHash, row.secretHash!));
	if (!before) return null;
	const isSame = (['commentId', 'note', 'law', 'guestName', 'guestEmail'] as const).every(
		(field) => before[field] === row[field]
	);
	if (isSame) return before.id;
	throw conflict('key-reused', 'This was sent already with other words. Send again to add these.');
}

/**
 * Gives the moderators notice that a comment is illegal, without an account. Null where a machine gave it.
 * @throws {Refusal} 401 for any other reason, 404, 409 when the comment was taken down or other words were
 * sent with this form, 422 naming the field, 429.
 */
export async function give(
	db: Database,
	actor: Actor,
	input: NoticeInput
): Promise<Receipt | null> {
	const comment = await readable(db.read, actor, input.id);
	assertReportable(actor, comment);
	if (input.reason !== 'illegal-content') throw signInFirst();
	const said = readUnsigned(input);
	// A machine learns nothing from its answer.
	if (input.trap) return null;
	const secret = SECRET.test(input.secret ?? '') ? input.secret! : newSecret();
	const id = await db.write(async (tx) => {
		const revision = await lockRevision(tx, actor, comment, input.revision);
		const about = { id: newId(), commentId: comment.id, revision, createdAt: now() };
		const row: Row = { ...about, ...said, reason: 'illegal-content', weight: UNSIGNED };
		row.secretHash = digest(secret);
		const before = await sentBefore(tx, row);
		if (before !== null) return before;
		await limits.take(tx, limits.notice, actor);
		await tx.insert(reports).values(row);
		await folding.weigh(tx, comment, UNSIGNED);
		const sent = { id: row.id, secret, commentId: comment.id };
		if (said.guestEmail !== null) await noticeMail.confirm(tx, said.guestEmail, sent);
		return row.id;
	});
	return { id, secret };
}

/** A notice as who gave it sees it. */
export interface GivenNotice {
	at: Date;
	note: string;
	law: string;
	comment: { url: string };
	/** Null while the article is not published. */
	article: { url: string; title: string } | null;
	/** When a moderator decided, or the comment's author took it down; null while neither has. */
	settledAt: Date | null;
	/** Null while nobody decided, and when the author took it down. */
	outcome: ReportOutcome | null;
}

/** A notice for who has the secret of its address. @throws {Refusal} 404 for everybody else */
export async function read(
	db: Database,
	{ id, secret }: { id: string; secret: string | null }
): Promise<GivenNotice> {
	if (!isId(id) || secret === null) throw notFound('notice');
	const [row] = await db.read
		.select({
			at: reports.createdAt,
			note: reports.note,
			law: reports.law,
			commentId: reports.commentId,
			settledAt: reports.settledAt,
			outcome: reports.outcome,
			slug: articles.slug,
			title: articles.title,
			publishedAt: articles.publishedAt
		})
		.from(reports)
		.innerJoin(comments, eq(comments.id, reports.commentId))
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(and(eq(reports.id, id), eq(reports.secretHash, digest(secret))));
	if (!row) throw notFound('notice');
	const { commentId, slug, title, publishedAt, ...notice } = row;
	return {
		...notice,
		comment: { url: `/c/${commentId}` },
		article: publishedAt === null ? null : { url: `/articles/${slug}`, title }
	};
}
