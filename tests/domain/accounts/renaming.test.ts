import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mailsTo } from './support/mailed.ts';
import { form, person, refusal, stranger } from './support/people.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as found from '#lib/server/accounts/found.ts';
import * as previousNames from '#lib/server/accounts/names/previous-names.ts';
import { describe as describeSelf } from '#lib/server/accounts/profiles.ts';
import * as renaming from '#lib/server/accounts/names/renaming.ts';
import * as signUps from '#lib/server/accounts/signing-up/sign-up.ts';
import { system } from '#lib/server/actor.ts';
import { now, shift } from '#lib/server/clock.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { accounts as rows } from '#lib/server/database/schema.ts';
import { followName } from '#lib/server/identities/following.ts';
import * as people from '#lib/server/moderation/people/record.ts';
import * as site from '#lib/server/site/site.ts';
import { freeName } from '#lib/server/transfer/account-names.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcomes } from '../support/refusals.ts';
import { withMail } from '../mail/support/mailing.ts';

withMail();

const DAY = 24 * 60 * 60 * 1000;

let room: Newsroom;
beforeEach(async () => {
	room = await newsroom();
});
afterEach(() => shift(0));

test('a new name stands wherever its owner wrote or is quoted, and the old one leads to it', async () => {
	const { db, reader, other, moderator, article } = room;
	const said = await say(db, reader, article, 'The tide is out.');
	const quoting = await say(
		db,
		other,
		article,
		`> [Rhoda Peel said,](/c/${said})\n> The tide is out.\n\nIndeed.`
	);
	const { revision } = await site.current(db);
	expect(await renaming.rename(db, reader, 'Rhoda  Marsh')).toBe('Rhoda Marsh');
	expect((await site.current(db)).revision).toBe(revision + 1);
	expect((await comments.read(db, other, said)).author?.name).toBe('Rhoda Marsh');
	const read = JSON.stringify(await comments.read(db, moderator, quoting));
	expect(read).toContain('Rhoda Marsh');
	expect(read).not.toContain('Rhoda Peel');
	expect(await accounts.byName(db.read, 'Rhoda Peel')).toBeNull();
	expect(await previousNames.nowCalled(db.read, 'RHODA peel')).toBe('Rhoda Marsh');
	const record = await people.read(db, moderator, 'Rhoda Marsh');
	expect(record.previousNames.map(({ name }) => name)).toEqual(['Rhoda Peel']);
	const search = await accounts.named(db, moderator, { name: 'peel' });
	expect(search.items.map(({ name }) => name)).toEqual(['Rhoda Marsh']);
	expect((await mailsTo(db, 'rhoda.peel@example.org'))[0].subject).toBe('Your name was changed');
});

test('a name is another’s for good, but one’s own comes back', async () => {
	const { db, reader, other } = room;
	await renaming.rename(db, reader, 'Rhoda Marsh');
	for (const name of ['Rhoda Peel', 'RHODA_PEEL', 'Rhoda Marsh', 'rhoda-marsh']) {
		expect((await refusal(renaming.rename(db, other, name))).code).toBe('name-taken');
	}
	const signUp = signUps.signUp(db, stranger(), form('Rhoda Peel'));
	expect((await refusal(signUp)).code).toBe('name-taken');
	const operators = accounts.create(db, system, { ...form('Rhoda Peel'), role: 'reader' });
	expect((await refusal(operators)).code).toBe('name-taken');
	expect((await freeName(db.read, 'Rhoda Peel', { reservedToo: false })).name).toBe('Rhoda Peel 2');
	shift(31 * DAY);
	await renaming.rename(db, reader, 'Rhoda Peel');
	const record = await people.read(db, room.moderator, 'Rhoda Peel');
	expect(record.previousNames.map(({ name }) => name)).toEqual(['Rhoda Marsh']);
	expect(await previousNames.nowCalled(db.read, 'Rhoda Marsh')).toBe('Rhoda Peel');
});

test('once in thirty days', async () => {
	const { db, reader } = room;
	expect(await renaming.nextAt(db.read, reader)).toBeNull();
	await renaming.rename(db, reader, 'rhoda peel');
	const soon = await refusal(renaming.rename(db, reader, 'Rhoda Marsh'));
	expect([soon.status, soon.code]).toEqual([409, 'renamed-lately']);
	const next = (await renaming.nextAt(db.read, reader))!;
	expect(soon.message).toContain(next.toISOString().slice(0, 10));
	// The same as before is no change.
	await renaming.rename(db, reader, 'rhoda peel');
	shift(30 * DAY + 1000);
	await renaming.rename(db, reader, 'Rhoda Marsh');
});

test.each(['Administrator', 'Rhodа Peel', 'x', ''])('%j is no name to take', async (name) => {
	expect((await refusal(renaming.rename(room.db, room.reader, name))).status).toBe(422);
});

test('of several who want a name at once, one gets it', async () => {
	const { db, reader, other, moderator } = room;
	const wanting = [reader, other, moderator].map((actor) =>
		renaming.rename(db, actor, 'Willow Wade')
	);
	const made = accounts.create(db, system, { ...form('Willow Wade'), role: 'reader' });
	expect(await outcomes([...wanting, made])).toEqual({ done: 1, '409 name-taken': 3 });
});

test('of one who takes a name up and one who gives it up, none is taken for the other', async () => {
	const { db, reader } = room;
	const { actor } = await person(db, 'Willow Wade');
	const both = [
		renaming.rename(db, actor, 'Winnie Wade'),
		renaming.rename(db, reader, 'Willow Wade')
	];
	expect(await outcomes(both)).toEqual({ done: 1, '409 name-taken': 1 });
});

test('who deleted their account is found by no name, address or id', async () => {
	const { db } = room;
	const { actor } = await person(db, 'Gone Soon');
	const accountId = actor.accountId!;
	await renaming.rename(db, actor, 'Gone By Now');
	await db.write((tx) => tx.update(rows).set({ deletedAt: now() }).where(eq(rows.id, accountId)));
	expect(await previousNames.nowCalled(db.read, 'Gone Soon')).toBeNull();
	expect(await found.byId(db.read, accountId)).toBeUndefined();
	for (const typed of ['Gone By Now', 'gone.soon@example.org']) {
		expect(await found.byTyped(db.read, typed)).toBeUndefined();
	}
	const gone = { ...(await person(db, 'Still Here')).account, id: accountId };
	expect((await followName(db, gone, 'Back Again')).name).toBe('Still Here');
	expect(await previousNames.of(db.read, accountId)).toHaveLength(1);
});

test('what somebody says of themselves is plain and short', async () => {
	const { db, reader } = room;
	await describeSelf(db, reader, ' I sail.\r\n**Far.** ');
	const account = await accounts.byName(db.read, reader.name);
	expect(account).toMatchObject({ bio: 'I sail.\n**Far.**', revision: 2 });
	const long = await refusal(describeSelf(db, reader, 'x'.repeat(501)));
	expect([long.status, long.details.field]).toEqual([422, 'bio']);
});
