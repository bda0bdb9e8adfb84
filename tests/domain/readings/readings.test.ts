import { beforeEach, expect, test } from 'vitest';
import { cards } from '#lib/http/cards.ts';
import { Pieces } from '#lib/http/pieces.ts';
import { guest } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { now, shift } from '#lib/server/clock.ts';
import { withComment } from '#lib/server/comments/addressed.ts';
import * as threads from '#lib/server/comments/threads.ts';
import type { ThreadView } from '#lib/server/comments/view.ts';
import * as votes from '#lib/server/comments/votes.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { setFolded } from '#lib/server/moderation/folding.ts';
import { Readings, type Asked, type Reading } from '#lib/server/readings/readings.ts';
import { Revisions } from '#lib/server/site/revisions.ts';
import * as site from '#lib/server/site/site.ts';
import { READING } from '../../unit/components/views.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const BYTES = 16 * 1024 * 1024;
const MINUTE = 60_000;

let room: Newsroom;
let page: Written;
let readings: Readings;

beforeEach(async () => {
	room ??= await newsroom();
	page = await article(room.db);
	await say(room.db, room.reader, page, 'The first.');
	readings = new Readings(new Revisions(room.db), BYTES);
});

async function readOnce(asked: Partial<Asked> = {}, of = readings): Promise<Reading | null> {
	const { revision } = await site.current(room.db);
	return of.read(room.db, { slug: page.slug, sort: 'oldest', cursor: null, ...asked }, revision);
}

/** As who reads what others have read. */
async function read(asked: Partial<Asked> = {}, of = readings): Promise<Reading | null> {
	await readOnce(asked, of);
	return readOnce(asked, of);
}

const wordsOf = (reading: Reading | null) =>
	reading!.page.view.threads.map(({ root }) => root.blocks);

test('what nobody changed is read once', async () => {
	const elsewhere = await article(room.db);
	const first = await read();
	expect(wordsOf(first)).toHaveLength(1);
	expect(await read()).toBe(first);
	await say(room.db, room.reader, elsewhere, 'Not on that page.');
	expect(await read()).toBe(first);
	expect(await read({ sort: 'newest' })).not.toBe(first);
	expect(await read()).toBe(first);
});

test('what is read once and not again is not kept', async () => {
	const first = await readOnce();
	// Nobody would use the pieces of its page.
	expect(first!.fragments).toBeNull();
	const second = await readOnce();
	expect(second).not.toBe(first);
	expect(second!.fragments).not.toBeNull();
	expect(await readOnce()).toBe(second);
	await say(room.db, room.other, page, 'The second.');
	const third = await readOnce();
	expect(wordsOf(third)).toHaveLength(2);
	expect(await readOnce()).toBe(third);
});

test('a change is in the next reading', async () => {
	const first = await read();
	const id = await say(room.db, room.other, page, 'The second.');
	const second = await read();
	expect(second).not.toBe(first);
	expect(wordsOf(second)).toHaveLength(2);
	await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
	expect(wordsOf(await read())[1]).toBeNull();
	const third = await read();
	await room.db.write((tx) => site.touch(tx));
	expect(await read()).not.toBe(third);
});

test('a comment that comes while it is read makes it untrue', async () => {
	const early = read();
	await say(room.db, room.other, page, 'In between.');
	await early;
	expect(wordsOf(await read())).toHaveLength(2);
});

test('the end of a time is seen without anybody writing', async () => {
	const until = new Date(now().getTime() + 5 * MINUTE);
	await commenting.set(room.db, room.moderator, page.slug, { state: 'disabled', until });
	expect((await read())!.article.commenting.state).toBe('disabled');
	shift(6 * MINUTE);
	try {
		expect((await read())!.article.commenting.state).toBe('open');
	} finally {
		shift(-6 * MINUTE);
	}
});

test('what is not the same for all is not read so', async () => {
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
	expect(await read()).toBeNull();
	const draft = await article(room.db, { published: false });
	await expectRefusal(read({ slug: draft.slug }), 404, 'not-found');
	await expectRefusal(read({ slug: 'nowhere' }), 404, 'not-found');
});

test('a damaged cursor is refused', async () => {
	await expectRefusal(read({ cursor: 'nonsense' }), 400, 'bad-cursor');
});

test('it takes no more memory than it may, and none where it may not', async () => {
	const none = new Readings(new Revisions(room.db), 0);
	const first = await read({}, none);
	expect(wordsOf(first)).toHaveLength(1);
	expect(await read({}, none)).not.toBe(first);
});

test('what is rendered from a reading counts: others make room for it, and what is too much is not kept', async () => {
	const bound = 100_000;
	const few = new Readings(new Revisions(room.db), bound);
	const elsewhere = await article(room.db);
	await say(room.db, room.reader, elsewhere, 'The first there.');
	const first = await read({}, few);
	const second = await read({ slug: elsewhere.slug }, few);
	expect(await read({}, few)).toBe(first);
	second!.fragments!.add([['a', Buffer.alloc(bound / 4)]]);
	expect(await read({}, few)).toBe(first);
	second!.fragments!.add([['b', Buffer.alloc((bound * 2) / 3)]]);
	expect(await read({ slug: elsewhere.slug }, few)).toBe(second);
	expect(await read({}, few)).not.toBe(first);
	const third = await read({}, few);
	third!.fragments!.add([['c', Buffer.alloc(bound)]]);
	expect(await read({}, few)).not.toBe(third);
});

test('what is rendered from a reading that was replaced makes nobody make room', async () => {
	const first = await read();
	await say(room.db, room.other, page, 'The second.');
	const second = await read();
	first!.fragments!.add([['a', Buffer.alloc(BYTES)]]);
	expect(await read()).toBe(second);
});

test('pieces of comments go over to the next reading, but not of those that changed', async () => {
	const [id, other] = [
		await say(room.db, room.reader, page, 'The second.'),
		await say(room.db, room.reader, page, 'The third.')
	];
	const before = (await read())!;
	const keys = [`${id} a`, `${id} b`, `${other} a`, 'of the whole page'];
	before.fragments!.add(keys.map((key) => [key, Buffer.from(key)]));
	await say(room.db, room.other, page, 'The fourth.');
	await votes.cast(room.db, room.other, other);
	const after = (await read())!;
	expect(after).not.toBe(before);
	expect(after.fragments!.get(`${id} a`)?.toString()).toBe(`${id} a`);
	expect(after.fragments!.get(`${id} b`)?.toString()).toBe(`${id} b`);
	expect(after.fragments!.get(`${other} a`)).toBeUndefined();
	expect(after.fragments!.get('of the whole page')).toBeUndefined();
});

test('what is shown of a later moment beside a reading is not carried over to the next one', async () => {
	const id = await say(room.db, room.reader, page, 'Reported by many.');
	const folding = { id, articleId: page.id, authorId: null };
	let last = '';
	for (let n = 0; n <= threads.FIRST_REPLIES; n++) {
		last = await say(room.db, room.other, page, `Reply ${n}.`, id);
	}
	const shown = (reading: Reading, of: ThreadView[]) => {
		const pieces = new Pieces();
		const marks = cards({ fragments: reading.fragments!, pieces }, of, READING);
		return pieces.join(marks.get(id) ?? '').toString();
	};
	const first = (await read())!;
	await room.db.write((tx) => setFolded(tx, folding, now()));
	// Somebody is shown the reply that is not on the page, and so its thread.
	const addressed = { articleId: page.id, id: last };
	const { discussion, ofPage } = await withComment(room.db, guest(), first.page.view, addressed);
	expect(discussion.threads[0].root.folded).toBe(true);
	expect(shown(first, ofPage)).toBe('');
	await room.db.write((tx) => setFolded(tx, folding, null));
	const second = (await readOnce())!;
	expect(second).not.toBe(first);
	expect(shown(second, second.page.view.threads)).toContain('Reported by many.');
	expect(shown(second, second.page.view.threads)).not.toContain('veiled');
});
