import { follows, mutes, notifications, reports } from '../../database/schema.ts';
import { BadLine } from '../bad-line.ts';
import { flush, standingOf, type Batch } from '../batch.ts';
import type { RecordOf } from '../records.ts';
import { idFor, optionally, referenced } from './support.ts';

/** Adds that an account follows a discussion, or a thread of it. */
export async function importFollow(
	batch: Batch,
	_line: number,
	fields: RecordOf<'follow'>
): Promise<void> {
	const accountId = await referenced(batch, 'account', 'account', fields.account);
	const articleId = await referenced(batch, 'article', 'article', fields.article);
	let rootId = '';
	if (fields.thread !== undefined) {
		const root = await standingOf(
			batch,
			await referenced(batch, 'comment', 'thread', fields.thread)
		);
		if (root.articleId !== articleId) throw new BadLine('"thread" is of another article');
		rootId = root.rootId;
	}
	const made = await batch.tx
		.insert(follows)
		.values({ accountId, articleId, rootId, createdAt: fields.created_at ?? batch.at })
		.onConflictDoNothing()
		.returning({ id: follows.accountId });
	batch.report.unchanged += 1 - made.length;
}

/** Adds that an account muted somebody. */
export async function importMute(
	batch: Batch,
	_line: number,
	fields: RecordOf<'mute'>
): Promise<void> {
	const accountId = await referenced(batch, 'account', 'account', fields.account);
	const mutedId = await referenced(batch, 'account', 'muted', fields.muted);
	const made = await batch.tx
		.insert(mutes)
		.values({ accountId, mutedId, createdAt: fields.created_at ?? batch.at })
		.onConflictDoNothing()
		.returning({ id: mutes.accountId });
	batch.report.unchanged += 1 - made.length;
}

/** Adds what an account was told; an account is told of a comment once. */
export async function importNotification(
	batch: Batch,
	_line: number,
	fields: RecordOf<'notification'>
): Promise<void> {
	const accountId = await referenced(batch, 'account', 'account', fields.account);
	const subject = {
		commentId: await optionally(batch, 'comment', 'comment', fields.comment),
		statementId: await optionally(batch, 'statement', 'statement', fields.statement),
		problemId: await optionally(batch, 'problem', 'problem', fields.problem)
	};
	if (Object.values(subject).every((id) => id === null)) {
		throw new BadLine('a notification is about a comment, a statement or a problem');
	}
	const createdAt = fields.created_at ?? batch.at;
	await flush(batch);
	const made = await batch.tx
		.insert(notifications)
		.values({
			id: idFor(batch, fields.id, createdAt),
			accountId,
			kind: fields.kind,
			...subject,
			createdAt,
			readAt: fields.read_at ?? null
		})
		.onConflictDoNothing()
		.returning({ id: notifications.id });
	batch.report.unchanged += 1 - made.length;
}

/** Adds a reader's report of a comment; an account reports a comment once. */
export async function importReport(
	batch: Batch,
	_line: number,
	fields: RecordOf<'report'>
): Promise<void> {
	const commentId = await referenced(batch, 'comment', 'comment', fields.comment);
	const accountId = await optionally(batch, 'account', 'account', fields.account);
	const settledBy = await optionally(batch, 'account', 'settled_by', fields.settled_by);
	const native = batch.source.native ? fields.afterword : undefined;
	const createdAt = fields.created_at ?? batch.at;
	await flush(batch);
	const made = await batch.tx
		.insert(reports)
		.values({
			...{ id: idFor(batch, fields.id, createdAt), commentId, accountId },
			...{ revision: fields.revision ?? 1, reason: fields.reason, note: fields.note ?? '' },
			...{ guestName: fields.guest_name ?? null, guestEmail: fields.guest_email ?? null },
			...{ law: fields.law ?? '', weight: native?.weight, secretHash: native?.secret_hash },
			...{ createdAt, settledAt: fields.settled_at ?? null, settledBy },
			outcome: fields.outcome ?? null
		})
		.onConflictDoNothing()
		.returning({ id: reports.id });
	batch.report.unchanged += 1 - made.length;
}
