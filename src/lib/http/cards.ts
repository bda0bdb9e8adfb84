import { render } from 'svelte/server';
import Cards from '#lib/components/Cards.svelte';
import { isNew } from '#lib/components/Comment.svelte';
import type { Reading } from '#lib/components/reading.ts';
import { age } from '#lib/format/times.ts';
import type { CommentRights, CommentView, ThreadView } from '#lib/server/comments/view.ts';
import type { Fragments } from '#lib/server/readings/fragments.ts';
import { bytesOf, type Pieces } from './pieces.ts';

// No comment contains it: what people write has no HTML of theirs, and ours has no such remark.
const SEPARATOR = '<!--card-->';
const SEPARATOR_BYTES = Buffer.from(SEPARATOR);

/** What a reader may do, and what the comment is to them, as one number. */
function own({ can, recommended, muted, followed }: CommentView, fresh: boolean): number {
	let bits = 1;
	for (const act in can) bits = bits * 2 + Number(can[act as keyof CommentRights]);
	for (const is of [recommended, muted, followed, fresh]) bits = bits * 2 + Number(is);
	return bits;
}

/** What its time is told as, of all that it may be: the date of a comment does not change. */
function timeOf({ createdAt }: CommentView, { now, relative }: Reading): string {
	const words = age(createdAt, now) ?? 'date';
	return relative || words === 'date' ? words : 'clock';
}

/** What tells a comment as one reader sees it from the same as others do, at the same revision. */
function keyOf(view: CommentView, reading: Reading): string {
	return `${view.id} ${own(view, isNew(view, reading))} ${timeOf(view, reading)}`;
}

/** Renders comments in one go; none where they cannot be told apart again. */
function renderAll(views: CommentView[], reading: Reading): Buffer<ArrayBuffer>[] {
	if (views.length === 0) return [];
	const { body } = render(Cards, { props: { views, reading, separator: SEPARATOR } });
	const all = bytesOf(body);
	const made: Buffer<ArrayBuffer>[] = [];
	let from = all.indexOf(SEPARATOR_BYTES) + SEPARATOR.length;
	for (let at; (at = all.indexOf(SEPARATOR_BYTES, from)) !== -1; from = at + SEPARATOR.length) {
		made.push(all.subarray(from, at));
	}
	return made.length === views.length ? made : [];
}

/**
 * The comments of threads as marks of `pieces`, by their ids. Those that others have seen alike are taken
 * from `fragments`; the reader's own are left to the page.
 */
export function cards(
	{ fragments, pieces }: { fragments: Fragments; pieces: Pieces },
	threads: ThreadView[],
	reading: Reading
): Map<string, string> {
	const marks = new Map<string, string>();
	const missing: { key: string; view: CommentView }[] = [];
	for (const view of threads.flatMap(({ root, replies }) => [root, ...replies])) {
		if (view.mine) continue;
		const key = keyOf(view, reading);
		const piece = fragments.get(key);
		if (piece === undefined) missing.push({ key, view });
		else marks.set(view.id, pieces.mark(piece));
	}
	const made = renderAll(
		missing.map(({ view }) => view),
		reading
	);
	const kept = made.map((piece, index): [string, Buffer<ArrayBuffer>] => {
		const { key, view } = missing[index];
		marks.set(view.id, pieces.mark(piece));
		return [key, piece];
	});
	fragments.add(kept);
	return marks;
}
