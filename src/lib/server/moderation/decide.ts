import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { AccessibleComment } from '../comments/access.ts';
import { nextReplySeq, touchArticle } from '../comments/counts.ts';
import * as shown from '../comments/shown.ts';
import type { CommentStatus } from '../comments/statuses.ts';
import type { Database, Tx } from '../database/database.ts';
import { actions, comments } from '../database/schema.ts';
import * as tell from '../notifications/tell.ts';
import { conflict } from '../refusal.ts';
import * as claims from './claims.ts';
import { forDeciding, lock, subjectOf, undoing, type Standing, type Undoing } from './deciding.ts';
import { record } from './log.ts';
import type { ActionKind } from './kinds.ts';
import type { ReportOutcome } from './outcomes.ts';
import { readReason, readWords, type Reason } from './reason.ts';
import * as reports from './reports.ts';
import * as statements from './statements.ts';

/** A decision about a comment. */
export interface Decision {
	id: string;
	/** The kind of reason; rejecting and removing need it, or words. */
	ground?: string;
	/** Why, in words. */
	reason: string;
	/** Of illegal content: which law. */
	law?: string;
	/** The sanction that it belongs to, whose statement tells the author of it. */
	sanctionId?: string;
}

/** Gives a comment that is published for the first time its place. */
async function placeColumns(tx: Tx, comment: AccessibleComment) {
	if (comment.parentId === null) return { listedIn: comment.articleId };
	return { replySeq: await nextReplySeq(tx, comment.rootId) };
}

/** The removal that a restoring takes back. */
async function removalOf(tx: Tx, commentId: string): Promise<string | null> {
	const [removal] = await tx
		.select({ id: actions.id })
		.from(actions)
		.where(
			and(
				eq(actions.commentId, commentId),
				inArray(actions.kind, ['comment.remove', 'comment.reject'])
			)
		)
		.orderBy(desc(actions.id))
		.limit(1);
	return removal?.id ?? null;
}

interface Verb {
	kind: Extract<
		ActionKind,
		'comment.approve' | 'comment.reject' | 'comment.remove' | 'comment.restore'
	>;
	from: CommentStatus;
	to: CommentStatus;
	/** What it says of the comment's open reports. */
	outcome: ReportOutcome;
}

const restricts = ({ kind }: Verb) => kind === 'comment.remove' || kind === 'comment.reject';

function reasonOf(verb: Verb, input: Decision): Omit<Reason, 'ground'> & Partial<Reason> {
	if (restricts(verb)) return readReason(input);
	const needed = verb.kind === 'comment.restore';
	return { reason: readWords(input.reason, { needed }), law: '' };
}

/** How a decision is carried out, and what the log says of it. */
interface Carrying {
	verb: Verb;
	why: ReturnType<typeof reasonOf>;
	sanctionId?: string;
	/** The act that it takes back; of a restoring, the removal. */
	reverses?: string;
}

/** Writes the decision to the log, and gives the author a statement where it restricts. */
async function enter(
	tx: Tx,
	actor: Actor,
	comment: AccessibleComment,
	{ verb, why, sanctionId, ...known }: Carrying,
	details: Undoing
): Promise<void> {
	const { reason, ground } = why;
	const isRestoring = verb.kind === 'comment.restore' && !known.reverses;
	const reverses = isRestoring ? await removalOf(tx, comment.id) : (known.reverses ?? null);
	const act = { kind: verb.kind, subject: subjectOf(comment), reason, ground, reverses };
	const actionId = await record(tx, actor, { ...act, details });
	await claims.settle(tx, actor, { commentId: comment.id, actionId });
	if (!ground || comment.authorId === null || comment.authorId === actor.accountId) return;
	const restriction = verb.kind as 'comment.remove' | 'comment.reject';
	const of = { accountId: comment.authorId, commentId: comment.id, actionId };
	await statements.issue(tx, { ...of, restriction, ...why, ground, sanctionId });
}

/** Carries a decision out about a locked comment that stands as its verb asks. */
async function carryOut(
	tx: Tx,
	actor: Actor,
	comment: AccessibleComment,
	{ placed, unreviewed }: Omit<Standing, 'status'>,
	carrying: Carrying
): Promise<void> {
	const { verb, why } = carrying;
	// What had a place keeps it, whatever becomes of its new text.
	const to = verb.to === 'rejected' && placed ? 'removed' : verb.to;
	const place = to === 'published' && !placed ? await placeColumns(tx, comment) : {};
	const change = Number(to === 'published') - Number(verb.from === 'published');
	const isSeen = change !== 0 || placed;
	const changed = isSeen ? { changedIn: await touchArticle(tx, comment.articleId, change) } : {};
	await tx
		.update(comments)
		.set({ status: to, ground: why.ground ?? null, unreviewed: false, ...place, ...changed })
		.where(eq(comments.id, comment.id));
	if (isSeen) await shown.touch(tx, comment);
	const settling = { by: actor.accountId, outcome: verb.outcome };
	const settled = await reports.settle(tx, comment.id, settling);
	if (verb.kind === 'comment.approve' && !placed) await tell.ofComment(tx, comment);
	const isPlacedNow = to === 'published' && !placed;
	const details = undoing({ settled, unreviewed, placed: isPlacedNow });
	await enter(tx, actor, comment, carrying, details);
}

async function decide(db: Database, actor: Actor, input: Decision, verb: Verb): Promise<void> {
	const comment = await forDeciding(db, actor, input.id);
	const why = reasonOf(verb, input);
	await db.write(async (tx) => {
		const { status, ...standing } = await lock(tx, comment);
		if (status !== verb.from) {
			throw conflict('decided', `Somebody was quicker: the comment is ${status} now.`);
		}
		await carryOut(tx, actor, comment, standing, { verb, why, sanctionId: input.sanctionId });
	});
}

const RESTORE: Verb = {
	...{ kind: 'comment.restore', from: 'removed', to: 'published', outcome: 'dismissed' }
};
const APPROVE_AFTER_ALL: Verb = {
	...{ kind: 'comment.approve', from: 'rejected', to: 'published', outcome: 'dismissed' }
};

/**
 * Publishes a comment that was removed or rejected, for an appeal and in its transaction: the act of
 * the log that is taken back is named. Says whether there was anything to take back.
 */
export async function reinstate(
	tx: Tx,
	actor: Actor,
	comment: AccessibleComment,
	{ reason, reverses }: { reason: string; reverses: string }
): Promise<boolean> {
	const { status, ...standing } = await lock(tx, comment);
	const verb = [RESTORE, APPROVE_AFTER_ALL].find(({ from }) => from === status);
	if (!verb) return false;
	const why = { reason, law: '' };
	await carryOut(tx, actor, comment, standing, { verb, why, reverses });
	return true;
}

/**
 * Takes a published comment down; its place stays, its words are withdrawn everywhere.
 * @throws {Refusal} 401, 403 but for moderators of its category or for a comment of staff above, 404,
 * 409 when it is not published (any more), 422 without a reason. The other decisions alike.
 */
export async function remove(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, {
		...{ kind: 'comment.remove', from: 'published', to: 'removed', outcome: 'upheld' }
	});
}

/** Puts a removed comment back, and its words with it. @throws {Refusal} as `remove`; its reason is words */
export async function restore(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, RESTORE);
}

/** Publishes a comment that waits. @throws {Refusal} as `remove`, but needs no reason */
export async function approve(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, {
		...{ kind: 'comment.approve', from: 'pending', to: 'published', outcome: 'dismissed' }
	});
}

/**
 * Refuses a comment that waits; one that had a place, because its first text was published, is removed.
 * @throws {Refusal} as `remove`
 */
export async function reject(db: Database, actor: Actor, input: Decision): Promise<void> {
	await decide(db, actor, input, {
		...{ kind: 'comment.reject', from: 'pending', to: 'rejected', outcome: 'upheld' }
	});
}

/**
 * Leaves a comment as it is, whatever was reported: settles its open reports.
 * @throws {Refusal} as `remove`, but needs no reason, and 409 when nothing is open (any more).
 */
export async function keep(db: Database, actor: Actor, input: Decision): Promise<void> {
	const comment = await forDeciding(db, actor, input.id);
	const reason = readWords(input.reason);
	await db.write(async (tx) => {
		const { unreviewed } = await lock(tx, comment);
		const settling = { by: actor.accountId, outcome: 'dismissed' } as const;
		const settled = await reports.settle(tx, comment.id, settling);
		if (settled === null) {
			throw conflict('decided', 'Somebody was quicker: no report of this comment is open.');
		}
		await tx.update(comments).set({ unreviewed: false }).where(eq(comments.id, comment.id));
		const act = { kind: 'comment.keep' as const, subject: subjectOf(comment), reason };
		const details = undoing({ settled, unreviewed, placed: false });
		const actionId = await record(tx, actor, { ...act, details });
		await claims.settle(tx, actor, { commentId: comment.id, actionId });
	});
}
