import type { comments, quotes } from '../../lib/server/database/schema.ts';
import { RENDERER_VERSION } from '../../lib/server/text/render.ts';
import type { Chance } from './chance.ts';
import type { Text } from './texts.ts';

/** Someone who writes. */
export interface Writer {
	id: string;
	name: string;
}

type CommentRow = typeof comments.$inferInsert;
type QuoteRow = typeof quotes.$inferInsert;

/** A comment with what it quotes. */
export interface Made {
	comment: CommentRow;
	quote: QuoteRow | null;
}

/** What threads are made of. */
export interface Material {
	chance: Chance;
	texts: Text[];
	/** The first write most. */
	writers: Writer[];
	idAt: (at: Date) => string;
	now: Date;
}

/** A discussion to be filled. */
export interface Discussion {
	articleId: string;
	publishedAt: Date;
	/** When the last thread begins, about. */
	endsAt: Date;
	/** How many comments it gets. */
	size: number;
}

const MINUTE = 60_000;
// Half of all threads are one comment that nobody answers.
const ANSWERED = 0.5;
const THREAD_STEEPNESS = 1.1;
const LARGEST_THREAD = 3000;
const TO_THE_ROOT = 0.45;
const RECENT = 8;
const MINUTES_BETWEEN = 20;
const QUOTING = 0.15;
const RECOMMENDED = 0.4;
const MOST_RECOMMENDED = 900;
const REMOVED = 0.008;
const DELETED = 0.004;
const WAITING = 0.0005;

interface Placed {
	row: CommentRow;
	text: Text;
	by: Writer;
}

/** A few write most. */
function writer({ chance, writers }: Material): Writer {
	return writers[Math.floor(writers.length * chance.share() ** 3)];
}

/** What was taken down was so after it had its answers. */
function status({ chance }: Material): CommentRow['status'] {
	if (chance.happens(REMOVED)) return 'removed';
	return chance.happens(DELETED) ? 'deleted' : 'published';
}

function row(
	material: Material,
	discussion: Discussion,
	by: Writer,
	text: Text,
	at: Date
): CommentRow {
	const { chance, idAt } = material;
	const id = idAt(at);
	const score = chance.happens(RECOMMENDED)
		? Math.min(MOST_RECOMMENDED, Math.floor(chance.heavy(1.2)))
		: 0;
	return {
		id,
		articleId: discussion.articleId,
		rootId: id,
		authorId: by.id,
		body: [{ text: text.text }],
		blocks: [{ html: text.html }],
		rendererVersion: RENDERER_VERSION,
		status: status(material),
		score,
		importedScore: score,
		createdAt: at
	};
}

function quoteOf(
	material: Material,
	comment: CommentRow,
	{ row: source, text, by }: Placed
): QuoteRow {
	return {
		id: material.idAt(comment.createdAt),
		commentId: comment.id,
		sourceCommentId: source.id,
		sourceRevision: 1,
		saidBy: by.name,
		match: 'exact',
		body: [{ text: text.sentence.text }],
		blocks: [{ html: text.sentence.html }]
	};
}

function replySize({ chance }: Material, left: number): number {
	if (left === 0 || !chance.happens(ANSWERED)) return 0;
	return Math.min(left, LARGEST_THREAD, Math.floor(chance.heavy(THREAD_STEEPNESS)));
}

/** The next reply of a thread, to its root or to one of the latest. */
function reply(
	material: Material,
	discussion: Discussion,
	placed: Placed[],
	replySeq: number
): Placed & { quote: QuoteRow | null } {
	const { chance, texts, now } = material;
	const [root] = placed;
	const last = placed[placed.length - 1];
	const recent = placed.slice(-RECENT);
	const parent = chance.happens(TO_THE_ROOT) ? root : chance.pick(recent);
	const gap = -Math.log(1 - chance.share()) * MINUTES_BETWEEN * MINUTE;
	const at = new Date(Math.min(last.row.createdAt.getTime() + gap, now.getTime()));
	const by = writer(material);
	const text = chance.pick(texts);
	const made = row(material, discussion, by, text, at);
	Object.assign(made, { rootId: root.row.id, parentId: parent.row.id, replySeq });
	made.depth = parent.row.depth! + 1;
	const quote = chance.happens(QUOTING) ? quoteOf(material, made, parent) : null;
	if (quote) {
		made.body.unshift({ quote: quote.id });
		made.blocks.unshift({ quote: quote.id });
	}
	return { row: made, text, by, quote };
}

/** One thread, its root first, numbered and counted. */
function* thread(
	material: Material,
	discussion: Discussion,
	at: Date,
	left: number
): Generator<Made> {
	const { chance, texts } = material;
	const replies = replySize(material, left - 1);
	const by = writer(material);
	const text = chance.pick(texts);
	const root: Placed = { row: row(material, discussion, by, text, at), text, by };
	// One that waits for a moderator has no place yet, and no answers.
	const waits = replies === 0 && chance.happens(WAITING);
	if (waits) root.row.status = 'pending';
	const listedIn = waits ? null : discussion.articleId;
	Object.assign(root.row, { depth: 0, listedIn, replyCount: replies });
	yield { comment: root.row, quote: null };
	let placed: Placed[] = [root];
	for (let number = 1; number <= replies; number++) {
		const { quote, ...next } = reply(material, discussion, placed, number);
		// Only the latest are answered, so only they are remembered.
		placed = [root, ...placed.slice(1).slice(1 - RECENT), next];
		yield { comment: next.row, quote };
	}
}

/** All comments of a discussion, thread by thread: memory for a few of them. */
export function* discussionOf(material: Material, discussion: Discussion): Generator<Made> {
	const { publishedAt, endsAt, size } = discussion;
	const lasts = endsAt.getTime() - publishedAt.getTime();
	for (let made = 0; made < size;) {
		// Most is said early on.
		const at = new Date(publishedAt.getTime() + lasts * (made / size) ** 1.6);
		for (const one of thread(material, discussion, at, size - made)) {
			made++;
			yield one;
		}
	}
}
