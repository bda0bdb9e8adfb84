import { beforeAll, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { history } from '#lib/server/comments/history.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

const STATUSES = ['published', 'pending', 'rejected', 'removed', 'deleted'] as const;
type Status = (typeof STATUSES)[number];
type Standing = CommentingState | 'draft';

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
});

/** A comment by the reader in a status. */
async function make(page: Written, status: Status): Promise<string> {
	const waits = status === 'pending' || status === 'rejected';
	const state = waits ? 'premoderated' : 'open';
	await commenting.set(room.db, room.moderator, page.slug, { state });
	const id = await say(room.db, room.reader, page, 'Secret words');
	const why = { id, reason: 'Rude' };
	if (status === 'rejected') await decide.reject(room.db, room.moderator, why);
	if (status === 'removed') await decide.remove(room.db, room.moderator, why);
	if (status === 'deleted') await removeOwn(room.db, room.reader, id);
	return id;
}

async function stand(page: Written, standing: Standing): Promise<void> {
	if (standing === 'draft') {
		await commenting.set(room.db, room.moderator, page.slug, { state: 'open' });
		await write.edit(room.db, room.editor, page.slug, { published: false });
	} else await commenting.set(room.db, room.moderator, page.slug, { state: standing });
}

/** What a viewer gets: "words", "place" (a tombstone) or "404", by every way that there is. */
async function seen(viewer: string, id: string): Promise<string> {
	const actor = viewer === 'guest' ? guest() : room[viewer as 'reader'];
	const reading = comments.read(room.db, actor, id);
	if ((await outcome(reading)) !== 'done') {
		expect(await outcome(comments.markdown(room.db, actor, id))).toBe('404 not-found');
		expect(await outcome(history(room.db, actor, id))).toBe('404 not-found');
		return '404';
	}
	const { blocks } = await reading;
	const [markdown, past] = [
		await outcome(comments.markdown(room.db, actor, id)),
		await outcome(history(room.db, actor, id))
	];
	const expected = blocks === null ? '404 not-found' : 'done';
	expect([markdown, past]).toEqual([expected, expected]);
	return blocks === null ? 'place' : 'words';
}

const VIEWERS = ['guest', 'other', 'reader', 'moderator', 'editor', 'admin'];
const everyone = (what: string) => VIEWERS.map(() => what);

/** What guest, other reader, author, moderator, editor and administrator see. */
const OPEN: Record<Status, string[]> = {
	published: everyone('words'),
	pending: ['404', '404', 'words', 'words', 'words', 'words'],
	rejected: ['404', '404', 'words', 'words', 'words', 'words'],
	removed: ['place', 'place', 'place', 'words', 'words', 'words'],
	deleted: everyone('place')
};

/** The same for the staff alone, from a place in the list of viewers on. */
function onlyFrom(first: string): Record<Status, string[]> {
	const from = VIEWERS.indexOf(first);
	const table = STATUSES.map((status) => [
		status,
		OPEN[status].map((what, index) => (index < from ? '404' : what))
	]);
	return Object.fromEntries(table) as Record<Status, string[]>;
}

const STANDINGS: [Standing, Record<Status, string[]>][] = [
	['open', OPEN],
	['premoderated', OPEN],
	['disabled', OPEN],
	['hidden', onlyFrom('moderator')],
	['draft', onlyFrom('editor')]
];

test.each(
	STANDINGS.flatMap(([standing, table]) =>
		STATUSES.map((status) => [standing, status, table[status]] as const)
	)
)('on what is %s, a comment that is %s', async (standing, status, expected) => {
	const page = await article(room.db);
	const id = await make(page, status);
	await stand(page, standing);
	const results: string[] = [];
	for (const viewer of VIEWERS) results.push(await seen(viewer, id));
	expect(results).toEqual(expected);
});
