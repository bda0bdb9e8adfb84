import { eq } from 'drizzle-orm';
import { isStaff, requireAccount, within, type Actor, type Member } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { commentRevisions, comments } from '../database/schema.ts';
import * as limits from '../limits/limits.ts';
import * as reports from '../moderation/reports.ts';
import * as findings from '../moderation/screen/findings.ts';
import type { Finding } from '../moderation/screen/findings.ts';
import * as outcome from '../moderation/screen/outcome.ts';
import * as screen from '../moderation/screen/screen.ts';
import * as tell from '../notifications/tell.ts';
import { load, markdown } from '../quotes/join.ts';
import * as quotes from '../quotes/store.ts';
import { conflict, forbidden, Refusal } from '../refusal.ts';
import { RENDERER_VERSION } from '../text/render.ts';
import { readable } from './access.ts';
import { assertStillAllowed, screened } from './allowed.ts';
import { articleOf } from './comments.ts';
import type { Composed } from './compose.ts';
import { touchArticle } from './counts.ts';
import { counted } from './nudged.ts';
import { present } from './present.ts';
import {
	EDIT_WINDOW_MINUTES,
	assertMayWrite,
	assertNotBarred,
	isAuthor,
	isFrozen,
	isInEditWindow,
	isPlaced,
	type RuledDiscussion
} from './rules.ts';
import * as shown from './shown.ts';
import type { CommentStatus } from './statuses.ts';
import type { CommentView } from './view.ts';
import { waitForTurn } from './turn.ts';
import { accept, composeAccepted } from './written.ts';

/** A new text for a comment. */
export interface EditInput {
	id: string;
	/** Markdown. */
	body: string;
	/** The revision that was edited; a newer one in the meantime is a conflict. */
	revision?: number;
	/** Refuse what would be held for something that the writer can change. */
	nudge?: boolean;
}

type Stored = typeof comments.$inferSelect;

/** Refuses what may not be edited (any more). @throws {Refusal} 403 */
function assertEditable(
	actor: Actor,
	comment: Pick<Stored, 'authorId' | 'status' | 'createdAt'>,
	discussion: RuledDiscussion
): void {
	if (!isAuthor(actor, comment)) throw forbidden('Only its author can edit a comment.');
	assertNotBarred(actor);
	assertMayWrite(actor, discussion);
	if (comment.status !== 'published' && comment.status !== 'pending') {
		throw forbidden('This comment has been taken down and cannot be edited.');
	}
	if (!isInEditWindow(comment, now())) {
		throw new Refusal(
			403,
			'edit-window-over',
			`A comment can be edited for ${EDIT_WINDOW_MINUTES} minutes after it was posted.`
		);
	}
	if (isFrozen(actor, comment, discussion.state)) {
		throw forbidden('An approved comment cannot be edited while comments are checked first.');
	}
}

/** What a new text makes of a comment: what had a place keeps it, whatever screening says. */
function statusWith(stored: Stored, found: readonly Finding[]): CommentStatus {
	const verdict = outcome.verdictOf(found);
	if (verdict === 'reject') return isPlaced(stored) ? 'removed' : 'rejected';
	// What waits goes on waiting: a moderator may be reading it.
	return verdict === 'hold' ? 'pending' : stored.status;
}

/** The earlier text, as it is kept. */
async function keepEarlier(tx: Tx, stored: Stored): Promise<void> {
	await tx.insert(commentRevisions).values({
		commentId: stored.id,
		revision: stored.revision,
		body: stored.body,
		blocks: stored.blocks,
		createdAt: stored.editedAt ?? stored.createdAt
	});
}

/** What is to be saved, made ready before its transaction. */
interface Ready {
	revision: number;
	composed: Composed;
	prepared: screen.Prepared;
	nudge: boolean;
}

async function save(
	tx: Tx,
	actor: Member,
	comment: shown.Shown,
	{ revision, composed, prepared, nudge }: Ready
): Promise<number> {
	await limits.take(tx, limits.edit, actor, now());
	await shown.lock(tx, comment, composed.quotes);
	const allowed = await assertStillAllowed(tx, actor, comment.articleId);
	const [stored] = await tx.select().from(comments).where(eq(comments.id, comment.id));
	assertEditable(allowed.here, stored, allowed);
	if (stored.revision !== revision) {
		throw conflict('edited-meanwhile', 'This comment was edited in another window meanwhile.');
	}
	const found = await screened(tx, allowed, prepared);
	if (nudge) outcome.nudge(found);
	await keepEarlier(tx, stored);
	const status = statusWith(stored, found);
	const [wasShown, isShown] = [stored.status === 'published', status === 'published'];
	const change = Number(isShown) - Number(wasShown);
	const isSeen = wasShown || (isPlaced(stored) && status !== stored.status);
	await tx
		.update(comments)
		.set({
			...(isSeen ? { changedIn: await touchArticle(tx, stored.articleId, change) } : {}),
			body: composed.body,
			blocks: composed.blocks,
			rendererVersion: RENDERER_VERSION,
			revision: revision + 1,
			editedAt: now(),
			status,
			harm: findings.harmOf(found),
			unreviewed: isShown && !isStaff(allowed.here),
			textKey: prepared.subject.textKey,
			ground: outcome.groundOf(found)
		})
		.where(eq(comments.id, stored.id));
	await quotes.add(tx, stored.id, composed.quotes);
	await quotes.settle(tx, stored.id, composed.body);
	await findings.keep(tx, stored.id, revision + 1, found);
	if (isSeen) await shown.touch(tx, stored);
	if (isShown && composed.quotes.length > 0) await tell.ofQuotes(tx, stored);
	if (outcome.verdictOf(found) === 'reject') {
		await reports.settle(tx, stored.id, { by: null, outcome: null });
		const rejected = { ...comment, authorId: actor.accountId, placed: isPlaced(stored) };
		await outcome.enterRejection(tx, rejected, found);
	}
	return revision + 1;
}

/**
 * Gives a comment a new text; the earlier one is kept behind "edited".
 * @throws {Refusal} 401, 403 for anyone but its author, after the edit window and in a closed
 * discussion, 404, 409 when it was edited meanwhile, and for what would be held if `nudge` asks, 422 for
 * a body that cannot be, 429.
 */
export async function edit(db: Database, actor: Actor, input: EditInput): Promise<number> {
	requireAccount(actor);
	const comment = await readable(db.read, actor, input.id);
	assertEditable(within(actor, comment.categoryId), comment, comment);
	await waitForTurn(db.read, limits.edit, actor, input.body);
	const accepted = accept(input.body);
	const stored = markdown(comment.body, await load(db.read, [comment.id]));
	if (accepted.text === stored) return comment.revision;
	const composed = await composeAccepted(
		db.read,
		{ articleId: comment.articleId, before: comment.id },
		accepted,
		await quotes.ofComment(db.read, comment)
	);
	const article = {
		id: comment.articleId,
		slug: comment.articleSlug,
		categoryId: comment.categoryId
	};
	const written = { blocks: composed.blocks, article, commentId: comment.id };
	const prepared = await screen.prepare(db, actor, written);
	const { revision = comment.revision, nudge = false } = input;
	const ready = { revision, composed, prepared, nudge };
	return counted(
		db,
		actor,
		db.write((tx) => save(tx, actor, comment, ready))
	);
}

/** A comment of the actor's with its Markdown, to edit. @throws {Refusal} 401, 403, 404 as `edit` */
export async function forEditing(
	db: Database,
	actor: Actor,
	id: string
): Promise<{ comment: CommentView; body: string; revision: number }> {
	requireAccount(actor);
	const row = await readable(db.read, actor, id);
	assertEditable(within(actor, row.categoryId), row, row);
	const [comment] = await present(db.read, actor, articleOf(row), [row]);
	return { comment, body: markdown(row.body, await load(db.read, [id])), revision: row.revision };
}
