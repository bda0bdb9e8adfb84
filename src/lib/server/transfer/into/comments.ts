import { hasPlace, type CommentStatus } from '../../comments/statuses.ts';
import { normaliseLine } from '../../text/normalise.ts';
import { RENDERER_VERSION } from '../../text/render.ts';
import { standingOf, touchArticle, type Batch, type Standing } from '../batch.ts';
import { readRecord } from '../read-record.ts';
import type { RecordOf } from '../records.ts';
import { note } from '../report.ts';
import type { HeldComment } from '../scratch.ts';
import { foreignTexts, restoredTexts } from './comment-texts.ts';
import { findComment, waitingKey } from './find-comment.ts';
import { attempt, idFor, lineOf, referenced } from './support.ts';

type Fields = RecordOf<'comment'>;

/** A comment as its line has it, with what keeps its place in time. */
export interface ReadComment {
	line: number;
	/** The line itself, to be kept while the comment waits for its parent. */
	text: string;
	fields: Fields;
	/** When it was written, by the file or by the comment before it. */
	at: Date;
	/** Whether the file itself says when. */
	dated: boolean;
}

/** What becomes of a comment's place. */
type Placing = { parent: string | null; standing: Standing | null };

// Longer names than any forum's.
const GUEST_LENGTH = 100;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;

async function authorOf(batch: Batch, line: number, { author }: Fields) {
	const nobody = { authorId: null, guestName: null, guestEmail: null };
	if (author === undefined) return nobody;
	if (typeof author === 'string') {
		return { ...nobody, authorId: await referenced(batch, 'account', 'author', author) };
	}
	const name = (author.name ?? '').replace(INVISIBLE, '');
	return {
		authorId: null,
		guestName: lineOf(batch, line, 'author.name', name, GUEST_LENGTH) || null,
		guestEmail: normaliseLine(author.email ?? '') || null
	};
}

// Far above any true score, far below what the column holds.
const HIGHEST_SCORE = 1_000_000_000;

function scores(fields: Fields, native: Fields['afterword']) {
	// Votes come as records and add to it; nobody can recommend a comment less than not at all.
	const given = Math.min(Math.max(0, fields.score ?? 0), HIGHEST_SCORE);
	const imported = native?.imported_score ?? given;
	return { score: imported, importedScore: imported };
}

/** The revision it changed in, which means something only with the revision that its article had. */
function changedIn(batch: Batch, articleId: string, native: Fields['afterword']): number | null {
	return batch.scratch.isFresh('article', articleId) ? (native?.changed_in ?? null) : null;
}

/** What moderation knows of it. */
function moderated(native: Fields['afterword']) {
	if (!native) return {};
	return {
		...{ harm: native.harm, reportWeight: native.report_weight },
		...{ foldedAt: native.folded_at ?? null, unreviewed: native.unreviewed },
		...{ textKey: native.text_key ?? null, ground: native.ground ?? null },
		...{ pickedAt: native.picked_at ?? null, byAuthor: native.by_author }
	};
}

/** Stores a comment in its place. */
async function place(
	batch: Batch,
	comment: ReadComment,
	input: { id: string; articleId: string; waited: boolean; parent: string | null; key: string }
): Promise<void> {
	const { line, fields, at } = comment;
	const { id, articleId } = input;
	const native = batch.source.native ? fields.afterword : undefined;
	const status: CommentStatus = fields.status ?? 'published';
	const author = await authorOf(batch, line, fields);
	const taking = { line, id, articleId, waited: input.waited, fields };
	const { quotes, revisions, ...texts } = native
		? restoredTexts(batch, taking)
		: await foreignTexts(batch, taking);
	const placed = native?.placed ?? hasPlace(status);
	const { parent, standing } = await placing(batch, line, input, placed);
	const { rootId, depth } = standing
		? { rootId: standing.rootId, depth: standing.depth + 1 }
		: { rootId: id, depth: 0 };
	batch.comments.push({
		placed,
		row: {
			id,
			articleId,
			parentId: parent,
			rootId,
			depth,
			listedIn: placed && parent === null ? articleId : null,
			...author,
			...texts,
			rendererVersion: RENDERER_VERSION,
			status,
			...scores(fields, native),
			createdAt: at,
			editedAt: fields.edited_at ?? null,
			idempotencyKey: native?.idempotency_key ?? null,
			postedHash: native?.posted_hash ?? null,
			changedIn: changedIn(batch, articleId, native),
			...moderated(native)
		}
	});
	batch.standings.set(id, { articleId, rootId, depth, placed });
	batch.quotes.push(...quotes);
	batch.revisions.push(...revisions);
	for (const { match } of quotes) batch.report.quotes[match]++;
	batch.known.learn('comment', input.key, id);
	touchArticle(batch, articleId, status === 'published' ? 1 : 0);
	if (author.authorId !== null) batch.touchedAccounts.add(author.authorId);
	batch.report.comments++;
}

/** Where a comment goes whose parent is there; a parent that nobody can see would hide it. */
async function placing(
	batch: Batch,
	line: number,
	input: { articleId: string; parent: string | null },
	placed: boolean
): Promise<Placing> {
	if (input.parent === null) return { parent: null, standing: null };
	const standing = await standingOf(batch, input.parent);
	if (standing.articleId !== input.articleId) {
		note(batch.report, line, 'its parent is on another article: it stands at the top level');
		return { parent: null, standing: null };
	}
	if (placed && !standing.placed) {
		note(batch.report, line, 'its parent is not shown: it stands at the top level');
		return { parent: null, standing: null };
	}
	return { parent: input.parent, standing };
}

/** Places the comments that waited for this one, and those that waited for them. */
async function release(batch: Batch, article: string, externalId: string): Promise<void> {
	if (!batch.scratch.holdsAny()) return;
	const waiting = batch.scratch.takeChildren(waitingKey(batch, article, externalId));
	for (let held = waiting.shift(); held; held = waiting.shift()) {
		const comment = reread(held);
		const placed = await attempt(batch, held.line, () => placeReleased(batch, comment, held));
		// If it was a bad line after all, what waits for it goes on waiting.
		if (placed) waiting.push(...batch.scratch.takeChildren(held.key));
	}
}

/** Places one that waited, now that its parent is there. */
async function placeReleased(batch: Batch, comment: ReadComment, held: HeldComment): Promise<void> {
	const { article, id: externalId, parent } = comment.fields;
	const articleId = await referenced(batch, 'article', 'article', article);
	const { key } = await findComment(batch, articleId, article, externalId);
	const above = await findComment(batch, articleId, article, parent!);
	// Without a time of its own it comes after its parent.
	const id = comment.dated ? held.id : idFor(batch, externalId, comment.at);
	await place(batch, comment, { id, articleId, waited: true, parent: above.id, key });
}

function reread(held: HeldComment): ReadComment {
	const { record } = readRecord(held.text);
	return { ...held, fields: record.fields as Fields };
}

/** Makes a comment, or holds it back until its parent comes. */
export async function importComment(batch: Batch, comment: ReadComment): Promise<void> {
	const { fields, line } = comment;
	const articleId = await referenced(batch, 'article', 'article', fields.article);
	const found = await findComment(batch, articleId, fields.article, fields.id);
	const waitsAs = waitingKey(batch, fields.article, fields.id);
	if (found.id !== null || batch.scratch.isHeld(waitsAs)) {
		batch.report.unchanged++;
		return;
	}
	const id = idFor(batch, fields.id, comment.at);
	const input = { id, articleId, waited: false, parent: null, key: found.key };
	if (fields.parent === undefined) await place(batch, comment, input);
	else {
		const parent = await findComment(batch, articleId, fields.article, fields.parent);
		if (parent.id === null) {
			await authorOf(batch, line, fields);
			const parentKey = waitingKey(batch, fields.article, fields.parent);
			batch.scratch.hold({ ...comment, key: waitsAs, parentKey, id });
			return;
		}
		await place(batch, comment, { ...input, parent: parent.id });
	}
	await release(batch, fields.article, fields.id);
}

/** Places a comment whose parent never came at the top level, and all that waited for it. */
export async function importOrphan(batch: Batch, held: HeldComment, why: string): Promise<void> {
	const comment = reread(held);
	const { fields } = comment;
	const articleId = await referenced(batch, 'article', 'article', fields.article);
	const { key } = await findComment(batch, articleId, fields.article, fields.id);
	note(batch.report, held.line, why);
	await place(batch, comment, { id: held.id, articleId, waited: true, parent: null, key });
	await release(batch, fields.article, fields.id);
}
