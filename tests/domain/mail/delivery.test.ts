import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { now, shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { site as sites } from '#lib/server/database/schema.ts';
import { claim } from '#lib/server/mail/deliveries.ts';
import * as site from '#lib/server/site/site.ts';
import { startSmtp, type Smtp } from '../../support/smtp.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { enqueue, listenToLog, mailerTo, rows, withMail } from './support/mailing.ts';

withMail();

const MINUTE = 60_000;

let db: Database;
// The same database as another process has it.
let other: Database;
let smtp: Smtp;

beforeEach(async () => {
	const url = await testDatabaseUrl();
	db = await open(url);
	other = await open(url);
	await site.ensure(db);
	smtp = await startSmtp();
	return async () => {
		await smtp.stop();
		await db.close();
		await other.close();
	};
});
afterEach(() => {
	shift(0);
	vi.restoreAllMocks();
});

test('a mail arrives, as text and as HTML, and its words are gone from the outbox', async () => {
	await enqueue(db, {
		paragraphs: ['Grüße & <more>', { quote: 'Her words.' }, { link: { label: 'See', url: '/c/1' } }]
	});
	const [{ id, createdAt }] = await rows(db);
	await mailerTo(db, smtp.url).deliver();
	const [mail, ...more] = smtp.mails;
	expect(more).toEqual([]);
	expect(mail.recipients).toEqual(['ann@example.org']);
	expect(mail.header('from')).toBe('Afterword <talk@example.org>');
	expect(mail.header('to')).toBe('ann@example.org');
	expect(mail.header('subject')).toBe('Your comment was picked');
	expect(mail.header('message-id')).toBe(`<${id}@example.org>`);
	expect(mail.header('auto-submitted')).toBe('auto-generated');
	expect(Math.floor(createdAt.getTime() / 1000)).toBe(Date.parse(mail.header('date')) / 1000);
	expect(mail.text).toContain(
		'Grüße & <more>\n\n> Her words.\n\nSee:\nhttps://talk.example.org/c/1\n'
	);
	expect(mail.html).toContain('<p>Grüße &amp; &lt;more&gt;</p>');
	const [row] = await rows(db);
	expect(row).toMatchObject({ id, text: '', html: '', attempts: 1, failedAt: null });
	expect(row.sentAt).not.toBeNull();
});

test('mail that can be ended says where, for one click', async () => {
	await enqueue(db, { unsubscribeUrl: '/unsubscribe?key=1' });
	await enqueue(db);
	await mailerTo(db, smtp.url).deliver();
	const ended = smtp.mails.map((mail) => [
		mail.header('list-unsubscribe'),
		mail.header('list-unsubscribe-post')
	]);
	expect(ended.sort()).toEqual([
		['', ''],
		['<https://talk.example.org/unsubscribe?key=1>', 'List-Unsubscribe=One-Click']
	]);
});

test('what is in names and subjects stays in them', async () => {
	const name = 'Gazette“Ü”\r\nBcc: eve@example.org\0, <eve@example.org>';
	await db.write((tx) => tx.update(sites).set({ name: name.replace('\0', '') }));
	await enqueue(db, { subject: 'Hello\r\nBcc: eve@example.org\r\n\r\nBody\0 ✓ \u{1F600}' });
	await enqueue(db, { subject: 'The harbour master speaks. '.repeat(40) });
	await mailerTo(db, smtp.url).deliver();
	expect(smtp.mails.map((mail) => mail.recipients)).toEqual(Array(2).fill(['ann@example.org']));
	const subjects = smtp.mails.map((mail) => mail.header('subject')).sort();
	expect(subjects[0]).toBe('Hello Bcc: eve@example.org Body ✓ \u{1F600}');
	expect(subjects[1]).toMatch(/^The harbour master speaks\. The .*…$/);
	for (const { headers, header } of smtp.mails) {
		expect(headers.map(([own]) => own).sort()).toEqual(
			[
				...['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version'],
				...['subject', 'to']
			].sort()
		);
		expect(header('from')).toMatch(/ <talk@example\.org>$/);
		expect(header('from')).toContain('Gazette“Ü” Bcc: eve@example.org');
	}
});

test('the operator may say whom mail is from', async () => {
	await enqueue(db);
	await mailerTo(db, smtp.url, '"Der Tägliche, Anzeiger" <talk@example.org>').deliver();
	expect(smtp.mails[0].header('from')).toContain('Der Tägliche, Anzeiger');
});

test('what a server cannot take now it is given again a minute later', async () => {
	const log = listenToLog();
	smtp.refuse({ at: 'recipient', status: 451, words: 'Not now, ann@example.org.' });
	await enqueue(db);
	const mailer = mailerTo(db, smtp.url);
	await mailer.deliver();
	const [row] = await rows(db);
	expect(row).toMatchObject({ attempts: 1, sentAt: null, failedAt: null });
	expect(row.lastError).toContain('451 Not now');
	expect(log()).toContain('"mail.delayed"');
	expect(log()).not.toContain('example.org');
	smtp.refuse(null);
	await mailer.deliver();
	expect(smtp.mails).toEqual([]);
	shift(MINUTE);
	await mailer.deliver();
	await mailer.deliver();
	expect(smtp.mails).toHaveLength(1);
	expect(await rows(db)).toMatchObject([{ attempts: 2, lastError: '' }]);
});

test('the pauses grow, and after a day it is given up', async () => {
	const log = listenToLog();
	smtp.refuse({ at: 'message', status: 452, words: 'Full.' });
	await enqueue(db);
	const mailer = mailerTo(db, smtp.url);
	const pauses: number[] = [];
	let row = (await rows(db))[0];
	const { createdAt } = row;
	for (let later = 0; row.failedAt === null;) {
		shift(later);
		const before = now();
		await mailer.deliver();
		[row] = await rows(db);
		const pause = Math.floor((row.nextAt.getTime() - before.getTime()) / MINUTE);
		if (row.failedAt === null) pauses.push(pause);
		later += (pause + 1) * MINUTE;
	}
	expect(pauses).toEqual([1, 5, 25, 125, 360, 360, 360]);
	expect(row.failedAt.getTime() - createdAt.getTime()).toBeLessThan(24 * 60 * MINUTE);
	expect(row).toMatchObject({ attempts: 8, sentAt: null, text: '', html: '' });
	expect(log()).toMatch(/"level":"error",[^\n]*"event":"mail.failed"/);
	expect(log()).not.toContain('example.org');
});

test.each(['recipient', 'message'] as const)(
	'a refusal for good at the %s ends it at once, and no other mail',
	async (at) => {
		const log = listenToLog();
		smtp.refuse({ at, status: 550, words: 'Nobody of that name.' });
		await enqueue(db);
		const mailer = mailerTo(db, smtp.url);
		await mailer.deliver();
		expect(await rows(db)).toMatchObject([{ attempts: 1, sentAt: null, text: '' }]);
		expect((await rows(db))[0].failedAt).not.toBeNull();
		expect(log()).toContain('"status":550');
		smtp.refuse(null);
		await enqueue(db, { to: 'bob@example.org' });
		await mailer.deliver();
		expect(smtp.mails.map((mail) => mail.recipients)).toEqual([['bob@example.org']]);
	}
);

test('a server that refuses us, not the mail, is one that is away', async () => {
	listenToLog();
	smtp.refuse({ at: 'sender', status: 550, words: 'We do not know you.' });
	await enqueue(db);
	await mailerTo(db, smtp.url).deliver();
	const [row] = await rows(db);
	expect(row).toMatchObject({ attempts: 1, failedAt: null });
	expect(row.lastError).toContain('refuses the sender in MAIL_FROM');
});

test('while no server is there mail waits, and few of many are tried', async () => {
	listenToLog();
	const { port, url } = smtp;
	await smtp.stop();
	for (let n = 0; n < 12; n++) await enqueue(db, { to: `reader-${n}@example.org` });
	const mailer = mailerTo(db, url);
	await mailer.deliver();
	await mailer.deliver();
	const tried = (await rows(db)).filter((row) => row.attempts > 0);
	expect(tried.length).toBeGreaterThan(0);
	expect(tried.length).toBeLessThanOrEqual(4);
	expect(tried[0].lastError).toContain('does not answer');
	smtp = await startSmtp({ port });
	shift(MINUTE);
	await mailer.deliver();
	expect(new Set(smtp.mails.map((mail) => mail.recipients[0])).size).toBe(12);
	expect(smtp.mails).toHaveLength(12);
});

test('two processes send each mail once', async () => {
	for (let n = 0; n < 30; n++) await enqueue(db, { to: `reader-${n}@example.org` });
	const [here, there] = [mailerTo(db, smtp.url), mailerTo(other, smtp.url)];
	await Promise.all([here.deliver(), there.deliver(), here.deliver()]);
	const recipients = smtp.mails.map((mail) => mail.recipients[0]);
	expect(recipients).toHaveLength(30);
	expect(new Set(recipients).size).toBe(30);
});

test('a server is given a few at once, not all', async () => {
	for (let n = 0; n < 12; n++) await enqueue(db);
	const { release } = smtp.hold();
	const delivered = mailerTo(db, smtp.url).deliver();
	await smtp.holding(4);
	release();
	await delivered;
	expect(smtp.mails).toHaveLength(12);
	expect(smtp.peak()).toBe(4);
});

test('what a process had in hand when it died goes out later, under the same id', async () => {
	await enqueue(db);
	const held = await claim(db);
	const mailer = mailerTo(other, smtp.url);
	await mailer.deliver();
	expect(smtp.mails).toEqual([]);
	shift(10 * MINUTE);
	await mailer.deliver();
	expect(smtp.mails.map((mail) => mail.header('message-id'))).toEqual([
		`<${held!.id}@example.org>`
	]);
	expect(await rows(db)).toMatchObject([{ attempts: 2 }]);
});

test('a mailer that is stopped finishes what it has in hand, and begins nothing more', async () => {
	for (let n = 0; n < 6; n++) await enqueue(db);
	const { release } = smtp.hold();
	const mailer = mailerTo(db, smtp.url);
	const delivered = mailer.deliver();
	await smtp.holding(4);
	const stopped = mailer.stop();
	release();
	await stopped;
	await delivered;
	expect((await rows(db)).filter((row) => row.sentAt !== null)).toHaveLength(4);
	await mailerTo(other, smtp.url).deliver();
	expect(smtp.mails).toHaveLength(6);
});

test('R17 a server that hangs does not keep a process from ending', async () => {
	listenToLog();
	await enqueue(db);
	const { release } = smtp.hold();
	const mailer = mailerTo(db, smtp.url);
	const delivered = mailer.deliver();
	await smtp.holding(1);
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const stopped = mailer.stop();
	vi.runAllTimers();
	vi.useRealTimers();
	await stopped;
	await delivered;
	expect(await rows(db)).toMatchObject([{ attempts: 1, sentAt: null, failedAt: null }]);
	expect((await rows(db))[0].lastError).toContain('took too long');
	release();
});
