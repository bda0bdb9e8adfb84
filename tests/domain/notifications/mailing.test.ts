import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as choices from '#lib/server/accounts/addresses/mail-choices.ts';
import type { MailPace } from '#lib/server/accounts/addresses/mail-paces.ts';
import { guest, type Member } from '#lib/server/actor.ts';
import { now, shift } from '#lib/server/clock.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { accounts, mails } from '#lib/server/database/schema.ts';
import * as follows from '#lib/server/follows/follows.ts';
import { mailDue } from '#lib/server/notifications/mail/mailing.ts';
import * as subscriptions from '#lib/server/notifications/mail/subscriptions.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import { tryOf, withMail } from '../mail/support/mailing.ts';
import { testDatabase } from '../support/database.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UNSUBSCRIBE = 'https://talk.example.org/unsubscribe?token=';

withMail();

let room: Newsroom;
let question: string;

beforeEach(async () => {
	room = await newsroom(await testDatabase());
	await set({ emailConfirmedAt: now() });
	question = await say(room.db, room.reader, room.article, 'A question.');
});
afterEach(() => shift(0));

async function set(change: Partial<typeof accounts.$inferInsert>): Promise<void> {
	const isReader = eq(accounts.id, room.reader.accountId);
	await room.db.write((tx) => tx.update(accounts).set(change).where(isReader));
}

function answer(words: string, by: Member = room.other): Promise<string> {
	return say(room.db, by, room.article, words, question);
}

/** What is in the outbox for the reader. */
function sent() {
	return room.db.read.select().from(mails).orderBy(mails.id);
}

/** The mails there are when the clock is so far ahead and the job has run. */
async function sentAt(milliseconds: number) {
	shift(milliseconds);
	await mailDue(room.db);
	return sent();
}

test('an answer that waits unread for a quarter of an hour is mailed, once', async () => {
	await answer('One answer.');
	await answer('And <another> one.');
	expect(await sentAt(14 * MINUTE)).toEqual([]);
	const [mail, ...others] = await sentAt(16 * MINUTE);
	expect(others).toEqual([]);
	expect(mail.subject).toBe('2 answers to you');
	expect(mail.text).toContain('Otto Lind replied to you on');
	expect(mail.text).toContain('> One answer.');
	expect(mail.html).toContain('And &lt;another&gt; one.');
	expect(mail.unsubscribeUrl.startsWith(UNSUBSCRIBE)).toBe(true);
	expect(await sentAt(40 * HOUR)).toHaveLength(1);
});

test('one answer is named in the subject', async () => {
	await answer('One answer.');
	const [{ subject }] = await sentAt(16 * MINUTE);
	expect(subject).toMatch(/^Otto Lind replied to you on “.+”$/);
});

test('at most one mail an hour, and none is forgotten', async () => {
	await answer('The first.');
	expect(await sentAt(16 * MINUTE)).toHaveLength(1);
	await answer('The second.');
	expect(await sentAt(40 * MINUTE)).toHaveLength(1);
	const [, second] = await sentAt(90 * MINUTE);
	expect(second.text).toContain('> The second.');
	expect(second.text).not.toContain('The first.');
});

test('daily is once a day', async () => {
	await set({ mailsAnswers: 'daily' });
	await answer('The first.');
	expect(await sentAt(16 * MINUTE)).toHaveLength(1);
	await answer('The second.');
	expect(await sentAt(20 * HOUR)).toHaveLength(1);
	const [, second] = await sentAt(25 * HOUR);
	expect(second.text).toContain('> The second.');
});

test('what somebody follows is mailed if they wish', async () => {
	const { db, article, other, reader } = room;
	await follows.follow(db, reader, { article: article.slug });
	await say(db, other, article, 'Something new.');
	expect(await sentAt(16 * MINUTE)).toEqual([]);
	await set({ mailsFollowed: 'soon' });
	const [mail] = await sentAt(17 * MINUTE);
	expect(mail.text).toContain('Otto Lind wrote where you follow');
});

describe('nothing is mailed', () => {
	test.each<[string, () => Promise<unknown>]>([
		['that was read meanwhile', () => notifications.markRead(room.db, room.reader, 'all')],
		['by somebody muted since', () => mutes.mute(room.db, room.reader, room.other.name)],
		['to an address that is not confirmed', () => set({ emailConfirmedAt: null })],
		['to who has no address', () => set({ email: null, emailKey: null })],
		['to who is banned', () => set({ bannedAt: now() })],
		['to who deleted their account', () => set({ deletedAt: now() })],
		['to who wants none', () => set({ mailsAnswers: 'off' })]
	])('%s', async (_, change) => {
		await answer('An answer.');
		await change();
		expect(await sentAt(16 * MINUTE)).toEqual([]);
	});

	test('that was withdrawn, and what comes then does not wait for it', async () => {
		const id = await answer('An answer.');
		await removeOwn(room.db, room.other, id);
		expect(await sentAt(16 * MINUTE)).toEqual([]);
		await answer('Another answer.');
		const [mail] = await sentAt(32 * MINUTE);
		expect(mail.subject).toContain('replied to you');
		expect(mail.text).not.toContain('> An answer.');
	});

	test('that is days old', async () => {
		await answer('An answer.');
		expect(await sentAt(72 * HOUR)).toEqual([]);
	});
});

test('ten jobs at once send one mail', async () => {
	await answer('An answer.');
	shift(16 * MINUTE);
	await Promise.all(Array.from({ length: 10 }, () => mailDue(room.db)));
	expect(await sent()).toHaveLength(1);
});

describe('S8 the link in a mail', () => {
	async function secret(): Promise<string> {
		await answer('An answer.');
		const [mail] = await sentAt(16 * MINUTE);
		const { unsubscribeUrl } = await tryOf(room.db, mail);
		return unsubscribeUrl.slice(UNSUBSCRIBE.length);
	}
	const paces = async () => {
		const { answers, followed } = await choices.read(room.db, room.reader);
		return { answers, followed };
	};

	test('ends the kind that it came with, as often as it is asked, and takes it back', async () => {
		const { db } = room;
		await set({ mailsFollowed: 'daily' });
		const token = await secret();
		const now_ = { answers: 'soon' as MailPace, followed: 'daily' as MailPace };
		expect(await subscriptions.look(db.read, token)).toEqual({ kinds: ['answers'], choices: now_ });
		expect(await paces()).toEqual(now_);
		for (let times = 0; times < 2; times++) {
			await subscriptions.end(db, token);
			expect(await paces()).toEqual({ answers: 'off', followed: 'daily' });
		}
		await expectRefusal(subscriptions.resume(db, token, { answers: 'x', followed: 'off' }), 422);
		await subscriptions.resume(db, token, { answers: 'soon', followed: 'off' });
		expect(await paces()).toEqual(now_);
	});

	test('of an earlier mail goes on working, for a year', async () => {
		const first = await secret();
		await answer('Another.');
		await sentAt(3 * HOUR);
		shift(364 * 24 * HOUR);
		await subscriptions.end(room.db, first);
		expect(await paces()).toMatchObject({ answers: 'off' });
		shift(366 * 24 * HOUR);
		await expectRefusal(subscriptions.end(room.db, first), 404);
	});

	test('that was never made does nothing', async () => {
		for (const token of ['', 'A'.repeat(43)]) {
			await expectRefusal(subscriptions.look(room.db.read, token), 404);
			await expectRefusal(subscriptions.end(room.db, token), 404);
		}
	});
});

test('one chooses among paces that there are', async () => {
	const { db, reader } = room;
	await expectRefusal(choices.choose(db, guest(), { answers: 'off', followed: 'off' }), 401);
	await expectRefusal(choices.choose(db, reader, { answers: 'often', followed: 'off' }), 422);
	await choices.choose(db, reader, { answers: 'daily', followed: 'soon' });
	expect(await choices.read(db, reader)).toMatchObject({
		...{ answers: 'daily', followed: 'soon', isConfirmed: true }
	});
});
