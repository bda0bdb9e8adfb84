import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import * as votes from '#lib/server/comments/votes.ts';
import {
	accounts,
	commentRevisions,
	comments,
	votes as recommendations
} from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

const WRITERS = 12;

let room: Newsroom;
let page: Written;
let people: Member[];

beforeAll(async () => {
	room = await newsroom();
	people = await Promise.all(Array.from({ length: WRITERS }, () => member(room.db)));
});
beforeEach(async () => {
	page = await article(room.db);
});

/** A race: what many do at once, what ends it, and a number that no longer changes from then on. */
interface Race {
	act: (person: Member, round: number) => Promise<unknown>;
	close: () => Promise<unknown>;
	measure: () => Promise<number>;
}

/**
 * Lets many act until they are refused, or have tried once after the close was answered. Whatever was
 * accepted is there when it is answered, also of those who had begun before; gives how often that was.
 */
async function race({ act, close, measure }: Race): Promise<number> {
	let [closed, done] = [false, 0];
	async function goOn(person: Member): Promise<void> {
		for (let round = 0, last = false; !last; round++) {
			last = closed;
			const answer = await outcome(act(person, round));
			if (answer === 'done') done++;
			if (last) expect(answer).not.toBe('done');
		}
	}
	const acting = people.map(goOn);
	await close();
	closed = true;
	const then = await measure();
	await Promise.all(acting);
	expect(await measure()).toBe(then);
	return done;
}

const closeBy = (state: 'disabled' | 'hidden') => () =>
	commenting.set(room.db, room.moderator, page.slug, { state });

async function countRows(): Promise<number> {
	const here = and(eq(comments.articleId, page.id), eq(comments.status, 'published'));
	return room.db.read.$count(comments, here);
}

test.each(['disabled', 'hidden'] as const)('posts race a close (%s)', async (state) => {
	const done = await race({
		act: (person, round) => say(room.db, person, page, `round ${round}`),
		close: closeBy(state),
		measure: countRows
	});
	expect(await countRows()).toBe(done);
	expect((await articles.read(room.db, room.admin, page.slug)).commentCount).toBe(done);
});

test('replies race the removal of what they answer', async () => {
	const root = await say(room.db, room.reader, page, 'root');
	const done = await race({
		act: (person) => say(room.db, person, page, 'reply', root),
		close: () => decide.remove(room.db, room.moderator, { id: root, reason: 'Rude' }),
		measure: countRows
	});
	const [{ replyCount }] = await room.db.read
		.select({ replyCount: comments.replyCount })
		.from(comments)
		.where(eq(comments.id, root));
	expect([replyCount, await countRows()]).toEqual([done, done]);
});

test('posts race a publication that is taken back', async () => {
	await race({
		act: (person) => say(room.db, person, page, 'Hello'),
		close: () => write.edit(room.db, room.editor, page.slug, { published: false }),
		measure: countRows
	});
});

test('posts race a ban', async () => {
	const ban = (bannedAt: Date | null) =>
		room.db.write((tx) => tx.update(accounts).set({ bannedAt }));
	await race({
		act: (person) => say(room.db, person, page, 'Hello'),
		close: () => ban(new Date()),
		measure: countRows
	});
	await ban(null);
});

test('votes race a close', async () => {
	const id = await say(room.db, room.reader, page, 'Well said');
	await race({
		act: (person, round) =>
			round % 2 === 0 ? votes.cast(room.db, person, id) : votes.withdraw(room.db, person, id),
		close: closeBy('disabled'),
		measure: () => room.db.read.$count(recommendations, eq(recommendations.commentId, id))
	});
});

test('edits race a close', async () => {
	const ids = new Map<Member, string>();
	for (const person of people) ids.set(person, await say(room.db, person, page, 'First'));
	await race({
		act: (person, round) => edit(room.db, person, { id: ids.get(person)!, body: `Edit ${round}` }),
		close: closeBy('disabled'),
		measure: () => room.db.read.$count(commentRevisions)
	});
});
