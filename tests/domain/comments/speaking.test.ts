import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as articles from '#lib/server/articles/articles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import { arrange } from '#lib/server/articles/discussion.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { edit } from '#lib/server/comments/edit.ts';
import * as gathered from '#lib/server/comments/gathered.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { comments as rows } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});

const set = (state: CommentingState) =>
	commenting.set(room.db, room.moderator, page.slug, { state });
const DISABLED = '403 commenting-disabled';

describe('staff may speak in a closed discussion', () => {
	test.each<[CommentingState, boolean, string]>([
		['disabled', false, DISABLED],
		['disabled', true, 'done'],
		['hidden', true, DISABLED]
	])('%s, if allowed (%s): %s', async (state, staffMaySpeak, expected) => {
		const own = await say(room.db, room.moderator, page, 'Last orders.');
		const other = await say(room.db, room.reader, page, 'Cheers.');
		await arrange(room.db, room.editor, page.slug, { staffMaySpeak });
		await set(state);
		const asked = {
			post: () => say(room.db, room.moderator, page, 'We are closed.'),
			reply: () => say(room.db, room.moderator, page, 'Good night.', other),
			edit: () => edit(room.db, room.moderator, { id: own, body: 'Time, please.' })
		};
		for (const ask of Object.values(asked)) expect(await outcome(ask())).toBe(expected);
		expect(await outcome(votes.cast(room.db, room.moderator, other))).toBe(DISABLED);
		expect(await outcome(say(room.db, room.reader, page, 'One more?'))).toBe(DISABLED);
		const unseen = state === 'hidden' ? '404 not-found' : DISABLED;
		expect(await outcome(edit(room.db, room.reader, { id: other, body: 'No!' }))).toBe(unseen);
	});

	test('as moderators of its category', async () => {
		await arrange(room.db, room.editor, page.slug, { staffMaySpeak: true });
		await set('disabled');
		const limited = { ...(await member(room.db, 'moderator')), moderates: ['elsewhere'] };
		expect(await outcome(say(room.db, limited, page, 'Me too.'))).toBe(DISABLED);
	});
});

describe('the author of an article', () => {
	beforeEach(async () => {
		const { slug } = await bylines.save(room.db, room.editor, {
			...{ name: 'Otto Lind', role: '', bio: '', account: room.other.name }
		});
		page = await article(room.db, { byline: slug });
	});

	async function read() {
		const { id, discussion } = await articles.read(room.db, room.reader, page.slug);
		return gathered.read(room.db.read, room.reader, { id, ...discussion });
	}

	test('is marked, whoever the byline belongs to later', async () => {
		const mine = await say(room.db, room.other, page, 'I wrote it.');
		const other = await say(room.db, room.reader, page, 'I read it.');
		const marks = async () => [
			(await comments.read(room.db, room.reader, mine)).byAuthor,
			(await comments.read(room.db, room.reader, other)).byAuthor
		];
		expect(await marks()).toEqual([true, false]);
		const { byline } = await articles.read(room.db, room.reader, page.slug);
		await bylines.save(room.db, room.editor, { ...byline!, bio: '', account: '' });
		expect(await marks()).toEqual([true, false]);
	});

	test('has the answers gathered while here: the newest, as far as they are published', async () => {
		const question = await say(room.db, room.reader, page, 'Why?');
		const first = await say(room.db, room.other, page, 'Because **of** the tide.', question);
		const second = await say(room.db, room.other, page, 'And the moon.', question);
		const third = await say(room.db, room.other, page, 'Nonsense.', question);
		expect(await read()).toEqual({ answers: [], picks: [] });
		await arrange(room.db, room.editor, page.slug, { authorHere: true });
		await decide.remove(room.db, room.moderator, { id: third, reason: 'Asked for.' });
		const { answers } = await read();
		expect(answers).toMatchObject([
			{ id: second, url: `/c/${second}`, excerpt: 'And the moon.' },
			{ id: first, author: { name: room.other.name }, excerpt: 'Because of the tide.' }
		]);
		await mutes.mute(room.db, room.reader, room.other.name);
		expect((await read()).answers).toEqual([]);
		await mutes.unmute(room.db, room.reader, room.other.name);
	});

	test('of many answers twenty are gathered', async () => {
		await arrange(room.db, room.editor, page.slug, { authorHere: true });
		const id = await say(room.db, room.other, page, 'Again.');
		const [row] = await room.db.read.select().from(rows).where(eq(rows.id, id));
		const copies = Array.from({ length: 30 }, (_, index) => {
			const copy = `zzzzzzzzzzzzzz${String(index).padStart(2, '0')}`;
			return { ...row, id: copy, rootId: copy };
		});
		await room.db.write(async (tx) => {
			await tx.insert(rows).values(copies);
		});
		const { answers } = await read();
		expect(answers.map((answer) => answer.id)).toEqual(
			copies
				.map((copy) => copy.id)
				.toReversed()
				.slice(0, 20)
		);
	});
});
