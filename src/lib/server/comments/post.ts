import { isStaff, requireAccount, type Actor, type Member } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { isUniqueViolation } from '../database/errors.ts';
import { newId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import * as findings from '../moderation/screen/findings.ts';
import * as outcome from '../moderation/screen/outcome.ts';
import * as screen from '../moderation/screen/screen.ts';
import { meter } from '../monitoring/meter.ts';
import * as tell from '../notifications/tell.ts';
import * as quotes from '../quotes/store.ts';
import { RENDERER_VERSION } from '../text/render.ts';
import { assertStillAllowed, screened } from './allowed.ts';
import type { Composed } from './compose.ts';
import { nextReplySeq, touchAccount, touchArticle, touchArticles } from './counts.ts';
import { freshRow } from './fresh.ts';
import { checkKey, hashOf, postedBefore } from './idempotency.ts';
import { insert, type NewComment } from './insert.ts';
import { counted } from './nudged.ts';
import { placeOf } from './place.ts';
import {
	openArticle,
	posted,
	type ArticleToPostOn,
	type Posted,
	type PostInput
} from './posting.ts';
import type { CommentWithArticle } from './rows.ts';
import { assertNotBarred } from './rules.ts';
import * as shown from './shown.ts';
import { assertPaused } from './slow-mode.ts';
import { readWithText, withText, type CommentWithText } from './texts.ts';
import { waitForTurn } from './turn.ts';
import { accept, composeAccepted } from './written.ts';

/** A comment that is kept; with its row if it was not before. */
interface Kept {
	posted: Posted;
	row: CommentWithArticle | null;
}

/** What is to be posted, made ready before its transaction. */
interface Ready {
	composed: Composed;
	prepared: screen.Prepared;
	key: string | null;
	hash: string;
}

async function add(
	tx: Tx,
	actor: Member,
	article: ArticleToPostOn,
	input: PostInput,
	{ composed, prepared, key, hash }: Ready
): Promise<Kept> {
	const articleId = article.id;
	// Limits first, in every act: who waits for an article holds no lock that its holder may need.
	await limits.take(tx, limits.post, actor, now());
	const quotedElsewhere = await shown.lockSources(tx, articleId, composed.quotes);
	const allowed = await assertStillAllowed(tx, actor, articleId);
	const ofStaff = isStaff(allowed.here);
	if (!ofStaff) await assertPaused(tx, actor.accountId, { ...allowed.slow, id: articleId });
	const id = newId();
	const place = await placeOf(tx, articleId, id, input.parent);
	const found = await screened(tx, allowed, prepared);
	if (input.nudge) outcome.nudge(found);
	const status = outcome.statusOf(found);
	const published = status === 'published';
	const isRoot = place.parentId === null;
	const changedIn = published ? await touchArticle(tx, articleId, 1) : null;
	const comment: NewComment = {
		id,
		articleId,
		...place,
		listedIn: published && isRoot ? articleId : null,
		replySeq: published && !isRoot ? await nextReplySeq(tx, place.rootId) : null,
		authorId: actor.accountId,
		body: composed.body,
		blocks: composed.blocks,
		rendererVersion: RENDERER_VERSION,
		status,
		createdAt: now(),
		idempotencyKey: key,
		postedHash: key === null ? null : hash,
		changedIn,
		harm: findings.harmOf(found),
		unreviewed: published && !ofStaff,
		textKey: prepared.subject.textKey,
		ground: outcome.groundOf(found)
	};
	const { byAuthor } = await insert(tx, comment);
	await quotes.add(tx, id, composed.quotes);
	await findings.keep(tx, id, 1, found);
	const rejected = { id, articleId, authorId: actor.accountId, placed: false };
	if (status === 'rejected') await outcome.enterRejection(tx, rejected, found);
	if (published) {
		await touchArticles(tx, quotedElsewhere);
		await touchAccount(tx, actor.accountId);
		await tell.ofComment(tx, { id, articleId, ...place, authorId: actor.accountId });
	}
	const row = freshRow(actor, article, { ...comment, byAuthor });
	return { posted: posted(id, status, true), row };
}

/** What was posted before under the same key. @throws {Refusal} 409 when that was something else */
async function earlier(
	db: Database,
	actor: Member,
	{ key, hash }: Pick<Ready, 'key' | 'hash'>
): Promise<Kept | null> {
	const before = await postedBefore(db, actor, key, hash);
	return before && { posted: before, row: null };
}

async function prepare(
	db: Database,
	actor: Member,
	article: ArticleToPostOn,
	{ body }: PostInput
): Promise<Pick<Ready, 'composed' | 'prepared'>> {
	await waitForTurn(db.read, limits.post, actor, body);
	const accepted = accept(body);
	const context = { articleId: article.id, before: null };
	const composed = await composeAccepted(db.read, context, accepted);
	const written = { blocks: composed.blocks, article, commentId: null };
	return { composed, prepared: await screen.prepare(db, actor, written) };
}

async function write(
	db: Database,
	actor: Member,
	input: PostInput,
	once: Pick<Ready, 'key' | 'hash'>
): Promise<Kept> {
	assertNotBarred(actor);
	const article = await openArticle(db, actor, input.article);
	const ready = { ...(await prepare(db, actor, article, input)), ...once };
	const inTransaction = () =>
		db.write(async (tx, afterCommit) => {
			const added = await add(tx, actor, article, input, ready);
			afterCommit(() => meter().posted(added.posted.status));
			return added;
		});
	try {
		return await inTransaction();
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
		// The same form sent twice at once: the other one was first. Otherwise two ids were the same.
		return (await earlier(db, actor, once)) ?? inTransaction();
	}
}

/** Keeps a comment, once for each key. */
async function keep(db: Database, actor: Member, input: PostInput): Promise<Kept> {
	const once = { key: checkKey(input.key), hash: hashOf(input) };
	// Before the rules, and before anything is asked about a text: what was posted under them stays posted.
	return (await earlier(db, actor, once)) ?? write(db, actor, input, once);
}

/**
 * Posts a comment or reply.
 * @throws {Refusal} 401 without an account, 403 when the account or the article's comment state forbids
 * it, 404 for no such article, 409 for a key used for another comment, and for what would be held if
 * `nudge` asks, 422 for a body or parent that cannot be, 429 when posting too fast, or before the
 * article's slow mode allows.
 */
export async function post(db: Database, actor: Actor, input: PostInput): Promise<Posted> {
	requireAccount(actor);
	return (await counted(db, actor, keep(db, actor, input))).posted;
}

/** Posts a comment or reply, and gives it as its author reads it: what is known of it is not asked again. */
export async function postWithText(
	db: Database,
	actor: Actor,
	input: PostInput
): Promise<Posted & { comment: CommentWithText }> {
	requireAccount(actor);
	const { posted, row } = await counted(db, actor, keep(db, actor, input));
	const comment = row
		? await withText(db.read, actor, row)
		: await readWithText(db, actor, posted.id);
	return { ...posted, comment };
}
