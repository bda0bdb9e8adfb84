import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { download } from '#lib/server/accounts/download/download.ts';
import { SECTIONS } from '#lib/server/accounts/download/sections.ts';
import { guest, type Actor, type Member } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { accounts, comments, mails, securityEvents } from '#lib/server/database/schema.ts';
import { report } from '#lib/server/moderation/reports.ts';
import { testDatabase } from '../support/database.ts';
import { article as newArticle, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';
import { accounted } from '../transfer/accounted.ts';
import { moderated } from '../transfer/moderated.ts';
import { referencesToAccounts } from './support/references.ts';

let room: Newsroom;

beforeEach(async () => {
	room = await newsroom(await testDatabase());
});

function proved(person: Member): Actor {
	return { ...person, session: { handle: 'h', authenticatedAt: now(), secondFactorAt: null } };
}

async function textFor(person: Member): Promise<string> {
	return (await Array.fromAsync(await download(room.db, proved(person)))).join('');
}

// Whose account a column names that is in no download, and why.
const LEFT_OUT: Readonly<Record<string, string>> = {
	'settings.actorId': 'work for the newsroom, in its own history',
	'challenges.accountId': 'a matter of minutes, and secrets',
	'securityEvents.actorId': 'who did it: what is about oneself is there by accountId',
	'oneTimeTokens.accountId': 'secrets of links; their mails are listed',
	'commentingStates.actorId': 'work for the newsroom, in its own history',
	'mutes.mutedId': 'what others arranged for themselves',
	'reports.settledBy': 'work for the newsroom',
	'actions.actorId': 'work for the newsroom, in the public log',
	'claims.accountId': 'a matter of minutes',
	'decisionTimes.accountId': 'work for the newsroom, counted only',
	'sanctions.actorId': 'about somebody else',
	'sanctions.endedBy': 'about somebody else',
	'accountNotes.actorId': 'about somebody else',
	'appeals.decidedBy': 'about somebody else',
	'problems.decidedBy': 'work for the newsroom',
	'corrections.actorId': 'work for the newsroom, on the articles'
};

test('every column that names an account is in the download, or left out for a reason', () => {
	const asked = new Set(SECTIONS.map(({ owner }) => owner));
	const references = referencesToAccounts();
	const missing = references.filter(({ name, column }) => !asked.has(column) && !LEFT_OUT[name]);
	expect(missing.map(({ name }) => name)).toEqual([]);
	const both = references.filter(({ name, column }) => asked.has(column) && LEFT_OUT[name]);
	expect(both.map(({ name }) => name)).toEqual([]);
	const names = references.map(({ name }) => name);
	expect(Object.keys(LEFT_OUT).filter((name) => !names.includes(name))).toEqual([]);
});

test('it holds what is known about somebody, and no secret and nobody else', async () => {
	const { db, article, moderator, other, reader } = room;
	const id = await say(db, reader, article, 'The first words of mine.');
	await edit(db, reader, { id, body: 'The second words of mine.' });
	await report(db, other, { id, reason: 'off-topic', note: 'A note of the reporter.' });
	const theirs = await say(db, other, article, 'Words of another.');
	await report(db, reader, { id: theirs, reason: 'abuse', note: 'My report.' });
	await accounted(db, reader);
	// What moderation writes down is about a category, too.
	await newArticle(db, { category: 'Harbour' });
	await db.write(async (tx) => {
		const [{ email }] = await tx
			.select({ email: accounts.email })
			.from(accounts)
			.where(eq(accounts.id, reader.accountId));
		const mail = { id: 'm', recipient: email!, subject: 'To me', text: 'KEY', html: 'KEY' };
		await tx.insert(mails).values({ ...mail, createdAt: now(), nextAt: now() });
	});
	await room.db.write((tx) =>
		tx.update(comments).set({ guestEmail: 'x@hidden.example' }).where(eq(comments.id, theirs))
	);
	await moderated(db, { reader, moderator, article: article.id, comment: id });
	const text = await textFor(reader);
	const data = JSON.parse(text) as Record<string, Record<string, unknown>[]>;
	expect(data.account).toMatchObject({ name: reader.name, mail_about_answers: 'daily' });
	expect(data.comments).toMatchObject([
		{
			text: 'The second words of mine.',
			earlier_texts: [{ revision: 1, text: 'The first words of mine.' }]
		}
	]);
	expect(data.reports).toMatchObject([{ note: 'My report.', comment: `/c/${theirs}` }]);
	expect(data.notes_about_you).toMatchObject([{ note: 'Knows the mayor.' }]);
	expect(data.sanctions).toMatchObject([{ kind: 'suspension' }]);
	expect(data.appeals).toMatchObject([{ words: 'I object.' }]);
	expect(data.earlier_names).toMatchObject([{ name: 'Olaf Gull' }]);
	expect(data.passkeys).toMatchObject([{ label: 'The blue key' }]);
	expect(data.mail).toMatchObject([{ subject: 'To me' }]);
	const hidden = ['A note of the reporter', 'JBSWY3DP', 'cHVi', 'ab12', 'KEY', moderator.name];
	for (const secret of [...hidden, moderator.accountId, other.accountId, 'hidden.example']) {
		expect(text, secret).not.toContain(secret);
	}
});

test('it is whole with more of a kind than a page has', async () => {
	const { db, article, reader } = room;
	for (let n = 0; n < 205; n++) await say(db, reader, article, `Number ${n} of many.`);
	const data = JSON.parse(await textFor(reader)) as { comments: { url: string }[] };
	expect(new Set(data.comments.map(({ url }) => url)).size).toBe(205);
});

test('it asks for a recent proof, and is on record', async () => {
	const { db, reader } = room;
	await expectRefusal(download(db, guest()), 401);
	const withoutProof = { ...reader, session: undefined };
	await expectRefusal(download(db, withoutProof), 403, 'confirm-first');
	await textFor(reader);
	const isIt = eq(securityEvents.kind, 'account.downloaded');
	expect(await db.read.$count(securityEvents, isIt)).toBe(1);
});
