import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as accounts from '#lib/server/accounts/accounts.ts';
import { guest, type Member } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { articles } from '#lib/server/database/schema.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import * as history from '#lib/server/moderation/people/history.ts';
import { latest } from '#lib/server/moderation/people/latest.ts';
import * as notes from '#lib/server/moderation/people/notes.ts';
import * as people from '#lib/server/moderation/people/record.ts';
import * as personReports from '#lib/server/moderation/people/reports.ts';
import * as reports from '#lib/server/moderation/reports.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome } from '../support/refusals.ts';

let room: Newsroom;
let person: Member;
let harbour: Written;
let limited: Member;
let inside: string;
let outside: string;

beforeAll(async () => {
	room = await newsroom();
	const { db } = room;
	person = await member(db, 'reader', 'Petra Long');
	harbour = await article(db, { category: 'Harbour' });
	const [{ categoryId }] = await db.read
		.select({ categoryId: articles.categoryId })
		.from(articles)
		.where(eq(articles.id, harbour.id));
	limited = { ...(await member(db, 'moderator')), moderates: [categoryId!] };
	inside = await say(db, person, harbour, 'Of the harbour');
	outside = await say(db, person, room.article, 'Of something else');
	for (const id of [inside, outside]) {
		await reports.report(db, room.other, { id, reason: 'abuse', note: 'Look at this' });
		await decisions.remove(db, room.moderator, { id, ground: 'abuse', reason: 'Rude.' });
	}
	const other = await say(db, room.other, harbour, 'An answer');
	await reports.report(db, person, { id: other, reason: 'spam' });
	await sanctions.lay(db, room.moderator, {
		...{ name: person.name, kind: 'approval', ground: 'abuse', reason: 'Twice rude.' }
	});
});

test('a record says what holds, why, and what the moderator may do', async () => {
	expect(await people.read(room.db, room.moderator, 'petra long')).toMatchObject({
		name: 'Petra Long',
		url: '/people/Petra%20Long',
		role: 'reader',
		standing: [
			{ kind: 'approval', laid: { ground: 'abuse', reason: 'Twice rude.', by: 'Mona Frith' } }
		],
		may: ['warning', 'approval', 'suspension', 'ban'],
		mayNote: true
	});
	expect((await people.read(room.db, limited, person.name)).may).toEqual(['warning']);
	const above = await people.read(room.db, room.moderator, room.editor.name);
	expect([above.may, above.mayNote]).toEqual([[], false]);
});

describe('what is in it is the moderator’s matter', () => {
	const of = () => ({ accountId: person.accountId });
	const urls = (items: { comment: { url: string } | null }[]) =>
		items.map(({ comment }) => comment?.url.slice(3) ?? 'person');

	test('what was decided', async () => {
		const all = (await history.list(room.db, room.moderator, of())).items;
		expect(urls(all)).toEqual(['person', outside, inside]);
		expect(all[1]).toMatchObject({ kind: 'comment.remove', by: 'Mona Frith', ground: 'abuse' });
		expect(urls((await history.list(room.db, limited, of())).items)).toEqual(['person', inside]);
	});

	test('what was reported', async () => {
		const about = (await personReports.about(room.db, room.moderator, of())).items;
		expect(urls(about)).toEqual([outside, inside]);
		expect(about[0]).toMatchObject({ by: 'Otto Lind', note: 'Look at this', outcome: 'upheld' });
		expect(urls((await personReports.about(room.db, limited, of())).items)).toEqual([inside]);
		const by = (await personReports.by(room.db, limited, of())).items;
		expect(by).toMatchObject([{ by: 'Petra Long', about: 'Otto Lind', reason: 'spam' }]);
	});
});

test('pages of a record follow each other', async () => {
	const busy = await member(room.db);
	for (let n = 0; n < 21; n++) {
		const id = await say(room.db, busy, harbour, `Words ${n}`);
		await decisions.remove(room.db, room.moderator, { id, ground: 'spam', reason: `${n}` });
		await notes.add(room.db, room.moderator, { name: busy.name, note: `Note ${n}` });
	}
	const of = { accountId: busy.accountId };
	const { items, next } = await history.list(room.db, room.moderator, of);
	expect(items.map((item) => item.reason)).toEqual(
		Array.from({ length: 20 }, (_, n) => `${20 - n}`)
	);
	const rest = await history.list(room.db, room.moderator, { ...of, cursor: next });
	expect([rest.items.map((item) => item.reason), rest.next]).toEqual([['0'], null]);
	const first = await notes.list(room.db, limited, { name: busy.name });
	expect(first.items).toHaveLength(20);
	const last = await notes.list(room.db, limited, { name: busy.name, cursor: first.next });
	expect(last.items).toMatchObject([{ note: 'Note 0', by: 'Mona Frith' }]);
	await expectRefusal(history.list(room.db, room.moderator, { ...of, cursor: 'x' }), 400);
});

describe('not for everyone', () => {
	test.each(['reader', 'moderator', 'editor', 'admin'] as const)('%s', async (role) => {
		const expected = role === 'reader' ? '403 forbidden' : 'done';
		const actor = room[role];
		const of = { accountId: person.accountId };
		expect(await outcome(people.read(room.db, actor, person.name))).toBe(expected);
		expect(await outcome(history.list(room.db, actor, of))).toBe(expected);
		expect(await outcome(personReports.by(room.db, actor, of))).toBe(expected);
		expect(await outcome(notes.list(room.db, actor, { name: person.name }))).toBe(expected);
		expect(await outcome(latest(room.db, actor))).toBe(expected);
		expect(await outcome(accounts.named(room.db, actor, { name: 'petra' }))).toBe(expected);
		await expectRefusal(people.read(room.db, guest(), person.name), 401);
	});

	test('nobody reads or writes notes about themselves or staff above', async () => {
		const note = { name: room.moderator.name, note: 'Tired lately' };
		await expectRefusal(notes.add(room.db, room.moderator, note), 403);
		await expectRefusal(notes.list(room.db, room.moderator, note), 403);
		await notes.add(room.db, room.editor, note);
		expect((await notes.list(room.db, room.admin, note)).items).toHaveLength(1);
		await expectRefusal(notes.add(room.db, room.moderator, { name: person.name, note: ' ' }), 422);
		const long = { name: person.name, note: 'x'.repeat(2001) };
		await expectRefusal(notes.add(room.db, room.moderator, long), 422, 'note-too-long');
		await expectRefusal(people.read(room.db, room.moderator, 'Nobody At All'), 404);
	});
});

test('people are found by a part of their name, and by nothing else', async () => {
	const names = async (name: string) =>
		(await accounts.named(room.db, room.moderator, { name })).items.map((item) => item.name);
	expect(await names('ETRA')).toEqual(['Petra Long']);
	expect(await names('petra.long@')).toEqual([]);
	expect(await names('%')).toEqual([]);
	expect(await latest(room.db, room.moderator)).toMatchObject([
		{ kind: 'approval', person: { name: 'Petra Long', url: '/moderation/people/Petra%20Long' } }
	]);
});
