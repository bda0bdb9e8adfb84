import { asc, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import { newSecret } from '#lib/server/accounts/secrets.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as write from '#lib/server/articles/write.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { comments, mails, reports } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as notices from '#lib/server/moderation/notices.ts';
import * as ownReports from '#lib/server/moderation/own-reports.ts';
import * as reported from '#lib/server/moderation/reported.ts';
import { forReporting, report } from '#lib/server/moderation/reports.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	await room.db.write((tx) => tx.delete(reports));
	page = await article(room.db);
	id = await say(room.db, room.reader, page, 'Words');
});

const NOTICE = {
	reason: 'illegal-content',
	note: 'It calls for arson.',
	law: 'Germany, incitement',
	name: 'Nora Nemo',
	email: 'nora@example.org',
	goodFaith: true
};
const give = (change: Partial<notices.NoticeInput> = {}, actor: Actor = guest('192.0.2.7')) =>
	notices.give(room.db, actor, { id, ...NOTICE, ...change });
const rows = () => room.db.read.select().from(reports).where(eq(reports.commentId, id));

describe('a notice of somebody without an account', () => {
	test('says why, which law, who and in good faith', async () => {
		const receipt = await give();
		expect(await rows()).toMatchObject([
			{
				...{ id: receipt!.id, accountId: null, reason: 'illegal-content', revision: 1 },
				...{ note: 'It calls for arson.', law: 'Germany, incitement', weight: 25 },
				...{ guestName: 'Nora Nemo', guestEmail: 'nora@example.org' }
			}
		]);
		expect(JSON.stringify(await rows())).not.toContain(receipt!.secret);
		const [comment] = await room.db.read.select().from(comments).where(eq(comments.id, id));
		expect(comment.reportWeight).toBe(25);
		const [{ reports: list }] = (await reported.open(room.db, room.moderator)).items;
		expect(list).toMatchObject([
			{ law: 'Germany, incitement', by: { name: 'Nora Nemo', url: null, role: 'guest' } }
		]);
		expect(JSON.stringify(list)).not.toContain('nora@example.org');
	});

	test.each<[Partial<notices.NoticeInput>, string]>([
		[{ reason: 'abuse' }, '401 sign-in'],
		[{ id: newId() }, '404 not-found'],
		[{ note: ' ' }, '422 no-words'],
		[{ note: 'x'.repeat(1001) }, '422 note-too-long'],
		[{ law: 'x'.repeat(201) }, '422 law-too-long'],
		[{ name: '' }, '422 no-name'],
		[{ name: 'x'.repeat(101) }, '422 name-too-long'],
		[{ email: '' }, '422 email'],
		[{ email: 'nobody' }, '422 email'],
		[{ goodFaith: false }, '422 good-faith'],
		[{ law: '' }, 'done'],
		[{ childAbuse: true, name: '', email: '' }, 'done']
	])('with %j is answered %s', async (change, answer) => {
		expect(await outcome(give(change))).toBe(answer);
		expect(await rows()).toHaveLength(answer === 'done' ? 1 : 0);
	});

	test('of the sexual abuse of children names the law, and nobody', async () => {
		await give({ childAbuse: true, name: '', email: '', law: '' });
		expect(await rows()).toMatchObject([
			{ law: 'Directive 2011/93/EU, Articles 3 to 7', guestName: null, guestEmail: null }
		]);
		const [{ reports: list }] = (await reported.open(room.db, room.moderator)).items;
		expect(list).toMatchObject([{ by: { name: 'Somebody' } }]);
	});

	test('is of what everybody may read', async () => {
		await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
		expect(await outcome(give())).toBe('404 not-found');
		await expectRefusal(forReporting(room.db, guest(), id), 404);
		await commenting.set(room.db, room.moderator, page.slug, { state: 'open' });
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		expect(await outcome(give())).toBe('409 gone');
	});

	test('sent twice with one form is one, and other words are not lost', async () => {
		const secret = newSecret();
		const twice = await Promise.all([give({ secret }), give({ secret })]);
		expect(new Set(twice.map((one) => one!.id)).size).toBe(1);
		expect(await rows()).toHaveLength(1);
		expect(await outcome(give({ secret, note: 'And worse.' }))).toBe('409 key-reused');
		await give({ note: 'And worse.' });
		expect(await rows()).toHaveLength(2);
	});

	test('by a machine is kept by nobody', async () => {
		expect(await give({ trap: 'https://example.org' })).toBeNull();
		expect(await rows()).toEqual([]);
	});
});

describe('its receipt', () => {
	test('is for who has the secret', async () => {
		const { id: noticeId, secret } = (await give())!;
		const read = (key: string | null, of = noticeId) =>
			notices.read(room.db, { id: of, secret: key });
		expect(await read(secret)).toMatchObject({
			...{ note: 'It calls for arson.', settledAt: null, outcome: null },
			...{ comment: { url: `/c/${id}` }, article: { url: `/articles/${page.slug}` } }
		});
		for (const wrong of [null, '', newSecret()]) await expectRefusal(read(wrong), 404);
		await expectRefusal(read(secret, newId()), 404);
		await expectRefusal(read(secret, 'x'), 404);
		await report(room.db, room.other, { id, reason: 'abuse' });
		const [, of] = await rows();
		await expectRefusal(read(newSecret(), of.id), 404);
	});

	test('says what was decided', async () => {
		const of = async (end: () => Promise<void>) => {
			id = await say(room.db, room.reader, page, 'Words');
			const { id: noticeId, secret } = (await give())!;
			await end();
			const { settledAt, outcome: found } = await notices.read(room.db, { id: noticeId, secret });
			return [settledAt !== null, found];
		};
		const { db, moderator } = room;
		expect(await of(() => decide.remove(db, moderator, { id, reason: 'So it does.' }))).toEqual([
			...[true, 'upheld']
		]);
		expect(await of(() => decide.keep(db, moderator, { id, reason: '' }))).toEqual([
			...[true, 'dismissed']
		]);
		expect(await of(() => removeOwn(db, room.reader, id))).toEqual([true, null]);
	});

	test('comes by mail, and the decision with it, to who gave an address', async () => {
		await room.db.write((tx) => tx.delete(mails));
		const { id: noticeId, secret } = (await give())!;
		await give({ childAbuse: true, name: '', email: '' });
		await report(room.db, room.other, { id, reason: 'abuse' });
		await decide.keep(room.db, room.moderator, { id, reason: '' });
		const sent = await room.db.read.select().from(mails).orderBy(asc(mails.id));
		expect(sent.map(({ recipient }) => recipient)).toEqual(Array(2).fill('nora@example.org'));
		expect(sent[0].text).toContain(`/reports/${noticeId}?key=${secret}`);
		expect(sent[1].text).toContain('left it as it is');
	});

	test('names no article that was taken back', async () => {
		const { id: noticeId, secret } = (await give())!;
		await write.edit(room.db, room.editor, page.slug, { published: false });
		const { article: shown } = await notices.read(room.db, { id: noticeId, secret });
		expect(shown).toBeNull();
	});
});

describe('a member', () => {
	test('reports illegal content as who they are, with why and in good faith', async () => {
		const said = { id, reason: 'illegal-content', note: 'Arson.', law: 'Incitement' };
		await expectRefusal(report(room.db, room.other, said), 422, 'good-faith');
		const empty = { ...said, note: '', goodFaith: true };
		await expectRefusal(report(room.db, room.other, empty), 422, 'no-words');
		await report(room.db, room.other, { ...said, goodFaith: true });
		expect((await forReporting(room.db, room.other, id)).before).toMatchObject({
			law: 'Incitement'
		});
		await report(room.db, room.other, { ...said, reason: 'abuse' });
		expect(await rows()).toMatchObject([{ reason: 'abuse', law: '', guestName: null }]);
	});

	test('reads what became of their reports, newest first', async () => {
		await report(room.db, room.other, { id, reason: 'abuse' });
		const first = id;
		await decide.keep(room.db, room.moderator, { id, reason: '' });
		for (let n = 0; n < 50; n++) {
			id = await say(room.db, room.reader, page, `Words ${n}`);
			await report(room.db, room.other, { id, reason: 'spam' });
		}
		await report(room.db, room.editor, { id, reason: 'spam' });
		const { items, next } = await ownReports.list(room.db, room.other);
		expect(items).toHaveLength(50);
		expect(items[0]).toMatchObject({ comment: { url: `/c/${id}` }, outcome: null });
		const rest = await ownReports.list(room.db, room.other, { cursor: next });
		expect(rest).toMatchObject({
			items: [{ comment: { url: `/c/${first}` }, outcome: 'dismissed', reason: 'abuse' }],
			next: null
		});
		await expectRefusal(ownReports.list(room.db, guest()), 401);
		await expectRefusal(ownReports.list(room.db, room.other, { cursor: 'x' }), 400);
	});
});
