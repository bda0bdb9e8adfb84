import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as write from '#lib/server/articles/write.ts';
import { actions, mails, notifications, problems as table } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as corrections from '#lib/server/problems/corrections.ts';
import * as desk from '#lib/server/problems/desk.ts';
import * as own from '#lib/server/problems/own.ts';
import * as problems from '#lib/server/problems/problems.ts';
import { send, type ProblemInput } from '#lib/server/problems/report.ts';
import { article, newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';

const BODY = 'The council met on **Tuesday** evening.\n\nNobody spoke.';

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	// What earlier tests left open would stand on the desk.
	await room.db.write((tx) => tx.update(table).set({ decidedAt: new Date(0) }));
	page = await article(room.db, { body: BODY });
	id = await sent(room.reader, { passage: 'Tuesday' });
});

const sent = async (actor: Actor, input: Partial<ProblemInput> = {}) =>
	(
		await send(room.db, actor, {
			article: page.slug,
			kind: 'wrong-fact',
			words: 'It was Monday.',
			...input
		})
	).id;
const open = async (actor: Actor = room.editor) => (await problems.open(room.db, actor)).items;
const correct = (actor: Actor, input: { answer?: string; note?: string } = {}) =>
	desk.correct(room.db, actor, { id, ...input });
const dismiss = (actor: Actor, input: { answer?: string; note?: string } = {}) =>
	desk.dismiss(room.db, actor, { id, answer: 'It was Tuesday.', ...input });
const status = async () =>
	(await room.db.read.select().from(table).where(eq(table.id, id)))[0].status;
const log = () => room.db.read.select().from(actions).where(eq(actions.problemId, id));
const told = () =>
	room.db.read
		.select()
		.from(notifications)
		.where(
			and(eq(notifications.problemId, id), eq(notifications.accountId, room.reader.accountId))
		);
const read = () => articles.read(room.db, guest(), page.slug);

describe('the desk', () => {
	test('sees what is open, oldest first, in the version that was seen', async () => {
		await write.edit(room.db, room.editor, page.slug, { body: 'The council met on Monday.' });
		await sent(guest(), { kind: 'typo', words: 'Counsil', email: 'a@example.org' });
		const url = `/articles/${page.slug}`;
		expect(await open()).toMatchObject([
			{
				...{ id, kind: 'wrong-fact', status: 'received', words: 'It was Monday.', alike: 0 },
				version: { number: 1, isLatest: false },
				context: { before: 'The council met on ', marked: 'Tuesday', after: ' evening.' },
				...{ stands: false, sender: { name: 'Rhoda Peel' }, wantsMail: false, comment: null }
			},
			{
				...{ kind: 'typo', passage: '', context: null, wantsMail: true },
				article: { slug: page.slug, url },
				version: { number: 2, url: `${url}/versions/2`, isLatest: true },
				sender: { name: 'Guest', url: null }
			}
		]);
		expect(JSON.stringify(await open())).not.toContain('a@example.org');
		expect(await problems.waiting(room.db, room.moderator)).toMatchObject({
			...{ count: 2, oldest: (await open())[0].at }
		});
	});

	test('is told how many others are about the same paragraph', async () => {
		await sent(room.other, { passage: 'council met' });
		await sent(guest(), { passage: 'Nobody spoke.' });
		await sent(guest());
		expect((await open()).map(({ alike }) => alike)).toEqual([1, 1, 0, 0]);
	});

	test('is for moderators and those above; drafts are for editors', async () => {
		await expectRefusal(problems.open(room.db, guest()), 401);
		await expectRefusal(problems.waiting(room.db, room.reader), 403);
		await expectRefusal(problems.open(room.db, room.moderator, { cursor: 'x' }), 400);
		expect((await open(room.moderator)).map((one) => one.id)).toEqual([id]);
		await write.edit(room.db, room.editor, page.slug, { published: false });
		expect([await open(room.moderator), (await open()).length]).toEqual([[], 1]);
		await expectRefusal(problems.read(room.db, room.moderator, id), 404);
		expect(await problems.read(room.db, room.editor, id)).toMatchObject({ id });
	});

	test('of a moderator is as wide as their categories', async () => {
		const limited = { ...room.moderator, moderates: [] };
		expect(await open(limited)).toEqual([]);
		expect(await problems.waiting(room.db, limited)).toMatchObject({ count: 0 });
		const { slug } = (page = await article(room.db, { body: BODY, category: 'Harbour' }));
		const here = await sent(guest());
		const { categoryId } = await articles.read(room.db, guest(), slug);
		expect((await open({ ...limited, moderates: [categoryId!] })).map((one) => one.id)).toEqual([
			here
		]);
		await expectRefusal(problems.read(room.db, limited, here), 404);
	});

	test('has pages', async () => {
		for (let n = 0; n < 20; n++) await sent(guest(), { words: `Words ${n}` });
		const first = await problems.open(room.db, room.editor);
		expect([first.items.length, first.items[0].id]).toEqual([20, id]);
		const rest = await problems.open(room.db, room.editor, { cursor: first.next });
		expect([rest.items.map(({ words }) => words), rest.next]).toEqual([['Words 19'], null]);
	});
});

describe('a problem', () => {
	test('is checked, then corrected with a note on the article in the same step', async () => {
		const before = (await read()).revision;
		await desk.check(room.db, room.editor, { id });
		expect([await status(), (await read()).revision]).toEqual(['checking', before]);
		expect(await told()).toEqual([]);
		await correct(room.editor, { answer: 'Thank you.', note: ' It met on Monday. ' });
		const { revision, corrections: notes } = await read();
		expect(revision).toBe(before + 1);
		expect(notes).toMatchObject([{ note: 'It met on Monday.' }]);
		expect(await open()).toEqual([]);
		expect(await told()).toMatchObject([{ kind: 'problem', readAt: null }]);
		expect(await own.read(room.db, room.reader, { id })).toMatchObject({
			...{ status: 'corrected', answer: 'Thank you.', note: 'It met on Monday.' }
		});
		const subject = { problemId: id, inArticleId: page.id, actorId: room.editor.accountId };
		expect(await log()).toMatchObject([
			{ ...subject, kind: 'problem.check', reason: '', details: { problem: 'wrong-fact' } },
			{ ...subject, kind: 'problem.correct', reason: 'It met on Monday.' }
		]);
		expect(JSON.stringify(await log())).not.toContain(room.reader.name);
	});

	test('is corrected without a note, which changes nothing that readers see', async () => {
		const before = await read();
		await correct(room.admin);
		const after = await read();
		expect([after.revision, after.corrections]).toEqual([before.revision, []]);
	});

	test('is no error, with an answer that is not in the log', async () => {
		await expectRefusal(dismiss(room.editor, { answer: ' ' }), 422, 'no-answer');
		await expectRefusal(dismiss(room.editor, { note: 'Lost?' }), 422, 'note-unused');
		await dismiss(room.editor);
		expect(await log()).toMatchObject([{ kind: 'problem.dismiss', reason: '' }]);
		expect(await own.read(room.db, room.reader, { id })).toMatchObject({
			...{ status: 'not-an-error', answer: 'It was Tuesday.', note: '' }
		});
		expect(await told()).toHaveLength(1);
	});

	test('of a guest is answered once by mail, without the guest’s words, and the address forgotten', async () => {
		id = await sent(guest(), { words: 'Buy watches', email: 'rhoda@example.org' });
		await desk.check(room.db, room.editor, { id });
		await correct(room.editor, { answer: 'You are right.', note: 'It met on Monday.' });
		const queued = await room.db.read.select().from(mails);
		expect(queued).toMatchObject([{ recipient: 'rhoda@example.org' }]);
		const { title } = await read();
		for (const words of [title, 'You are right.', 'It met on Monday.', `/articles/${page.slug}`]) {
			expect(queued[0].text).toContain(words);
		}
		expect(queued[0].text).not.toContain('watches');
		const [row] = await room.db.read.select().from(table).where(eq(table.id, id));
		expect(row.guestEmail).toBeNull();
	});

	test('is for editors to decide about', async () => {
		for (const [actor, code] of [
			[guest(), 401],
			[room.reader, 403],
			[room.moderator, 403]
		] as const) {
			await expectRefusal(desk.check(room.db, actor, { id }), code);
			await expectRefusal(correct(actor), code);
			await expectRefusal(dismiss(actor), code);
		}
		for (const none of ['x', newId()]) {
			await expectRefusal(desk.check(room.db, room.editor, { id: none }), 404);
		}
		await expectRefusal(correct(room.editor, { note: 'x'.repeat(1001) }), 422, 'too-long');
		await expectRefusal(correct(room.editor, { answer: 'x'.repeat(2001) }), 422, 'too-long');
		expect(await status()).toBe('received');
	});

	test('is decided once, whoever is quicker', async () => {
		const checks = [room.editor, room.admin].map((one) => desk.check(room.db, one, { id }));
		expect(await outcomes(checks)).toEqual({ done: 1, '409 decided': 1 });
		const all = [
			correct(room.editor, { note: 'It met on Monday.' }),
			correct(room.admin, { note: 'It met on Monday.' }),
			dismiss(room.editor)
		];
		expect(await outcomes(all)).toEqual({ done: 1, '409 decided': 2 });
		const isCorrected = (await status()) === 'corrected';
		expect((await read()).corrections).toHaveLength(isCorrected ? 1 : 0);
		expect(await told()).toHaveLength(1);
		expect(await log()).toHaveLength(2);
		await expectRefusal(desk.check(room.db, room.editor, { id }), 409);
	});
});

describe('a correction by hand', () => {
	const publish = (actor: Actor, note: string) =>
		corrections.publish(room.db, actor, { article: page.slug, note });

	test('stands on the article, newest first, and in the log', async () => {
		await publish(room.editor, 'First.');
		await publish(room.editor, 'Second.');
		expect((await read()).corrections.map(({ note }) => note)).toEqual(['Second.', 'First.']);
		const acts = await room.db.read
			.select()
			.from(actions)
			.where(and(eq(actions.articleId, page.id), eq(actions.kind, 'article.correct')));
		expect(acts.map(({ reason }) => reason)).toEqual(['First.', 'Second.']);
	});

	test('is an editor’s, and says something', async () => {
		await expectRefusal(publish(guest(), 'Words'), 401);
		await expectRefusal(publish(room.moderator, 'Words'), 403);
		await expectRefusal(publish(room.editor, ' '), 422, 'no-note');
		const nowhere = corrections.publish(room.db, room.editor, { article: 'none', note: 'Words' });
		await expectRefusal(nowhere, 404);
		expect((await read()).corrections).toEqual([]);
	});
});
