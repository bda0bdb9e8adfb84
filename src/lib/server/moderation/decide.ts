import { eq } from 'drizzle-orm';
import { requireRole, type Actor, type Role } from '../actor.ts';
import { readable, type AccessibleComment } from '../comments/access.ts';
import { nextReplySeq, touchArticle } from '../comments/counts.ts';
import { isAbove } from '../comments/rules.ts';
import * as shown from '../comments/shown.ts';
import type { CommentStatus } from '../comments/statuses.ts';
import type { Database, Tx } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import * as tell from '../notifications/tell.ts';
import { conflict, forbidden } from '../refusal.ts';
import { record } from './log.ts';
import type { ActionKind } from './kinds.ts';
import { readReason } from './reason.ts';
import * as reports from './reports.ts';

/** A decision about a comment. */
export interface Decision {
	id: string;
	/** Why; needed for all but approving. */
	reason: string;
}

/** Nobody decides about staff above them. */
function assertNotAbove(actor: Actor, authorRole: Role | null): void {
	if (isAbove(actor, authorRole)) {
		throw forbidden(`Comments of an ${authorRole} are for an administrator to decide about.`);
	}
}

async function lock(tx: Tx, comment: AccessibleComment): Promise<CommentStatus> {
	await shown.lock(tx, comment);
	const [row] = await tx
		.select({ status: comments.status })
		.from(comments)
		.where(eq(comments.id, comment.id));
	return row.status;
}

/** Gives a comment that is published for the first time its place. */
async function placeColumns(tx: Tx, comment: AccessibleComment) {
	if (comment.parentId === null) return { listedIn: comment.articleId };
	return { replySeq: await nextReplySeq(tx, comment.rootId) };
}

function subjectOf(comment: AccessibleComment) {
	return { commentId: comment.id, inArticleId: comment.articleId };
}

interface Verb {
	kind: ActionKind;
	from: CommentStatus;
	to: CommentStatus;
	reasonNeeded: boolean;
}

async function decide(db: Database, actor: Actor, input: Decision, verb: Verb): Promise<void> {
	requireRole(actor, 'moderator');
	const reason = readReason(input.reason, verb.reasonNeeded);
	const comment = await readable(db.read, actor, input.id);
	assertNotAbove(actor, comment.accountRole);
	await db.write(async (tx) => {
		const status = await lock(tx, comment);
		if (status !== verb.from) {
			throw conflict('decided', `Somebody was quicker: the comment is ${status} now.`);
		}
		const place = verb.kind === 'comment.approve' ? await placeColumns(tx, comment) : {};
		const change = Number(verb.to === 'published') - Number(verb.from === 'published');
		const changed =
			change === 0 ? {} : { changedIn: await touchArticle(tx, comment.articleId, change) };
		await tx
			.update(comments)
			.set({ status: verb.to, ...place, ...changed })
			.where(eq(comments.id, comment.id));
		if (change !== 0) await shown.touch(tx, comment);
		if (verb.to === 'removed') await reports.settle(tx, actor.accountId, comment.id);
		if (verb.kind === 'comment.approve') await tell.ofComment(tx, comment);
		await record(tx, actor, { kind: verb.kind, subject: subjectOf(comment), reason });
	});
}

/**
 * Takes a published comment down; its place stays, its words are withdrawn everywhere.
 * @throws {Refusal} 401, 403 below moderator or for a comment of staff above, 404, 409 when it is not
 * published (any more), 422 without a reason. The other decisions alike.
 */
export async function remove(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, {
		kind: 'comment.remove',
		from: 'published',
		to: 'removed',
		reasonNeeded: true
	});
}

/** Puts a removed comment back, and its words with it. @throws {Refusal} as `remove` */
export async function restore(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, {
		kind: 'comment.restore',
		from: 'removed',
		to: 'published',
		reasonNeeded: true
	});
}

/** Publishes a comment that waits. @throws {Refusal} as `remove`, but needs no reason */
export async function approve(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, {
		kind: 'comment.approve',
		from: 'pending',
		to: 'published',
		reasonNeeded: false
	});
}

/** Refuses a comment that waits. @throws {Refusal} as `remove` */
export async function reject(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, {
		kind: 'comment.reject',
		from: 'pending',
		to: 'rejected',
		reasonNeeded: true
	});
}

/**
 * Leaves a comment as it is, whatever was reported: settles its open reports.
 * @throws {Refusal} as `remove`, but needs no reason, and 409 when nothing is open (any more).
 */
export async function keep(db: Database, actor: Actor, input: Decision): Promise<void> {
	requireRole(actor, 'moderator');
	const reason = readReason(input.reason, false);
	const comment = await readable(db.read, actor, input.id);
	assertNotAbove(actor, comment.accountRole);
	await db.write(async (tx) => {
		await lock(tx, comment);
		if (!(await reports.settle(tx, actor.accountId, comment.id))) {
			throw conflict('decided', 'Somebody was quicker: no report of this comment is open.');
		}
		await record(tx, actor, { kind: 'comment.keep', subject: subjectOf(comment), reason });
	});
}
