import { beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { startSmtp, type Smtp } from '../../support/smtp.ts';
import { testDatabase } from '../support/database.ts';
import { enqueue, mailerTo, withMail } from './support/mailing.ts';

withMail();

let db: Database;
let smtp: Smtp;

beforeEach(async () => {
	db = await testDatabase();
	smtp = await startSmtp();
	return () => smtp.stop();
});

const EXPECTED = [
	...['auto-submitted', 'content-type', 'date', 'from', 'list-unsubscribe'],
	...['list-unsubscribe-post', 'message-id', 'mime-version', 'subject', 'to']
];

test.each([
	['CR and LF', 'Ann\r\nBcc: everybody@example.org\r\n\r\nHello'],
	['LF alone', 'Ann\nBcc: everybody@example.org'],
	['CR alone', 'Ann\rBcc: everybody@example.org'],
	['NUL', 'Ann\0Bcc: everybody@example.org'],
	['a line separator', 'Ann\u2028Bcc: everybody@example.org'],
	['an encoded word', 'Ann =?utf-8?q?=0D=0ABcc:_everybody=40example.org?='],
	['a thousand characters', `${'Words and words '.repeat(63)}`],
	['a thousand without a space', 'x'.repeat(1000)],
	['other letters', 'Γιώργος Παπαδόπουλος 山田太郎 👩‍🚀']
])(
	'I7 a subject and a sender with %s make one message with the headers of any',
	async (_, name) => {
		await enqueue(db, {
			subject: `${name} replied to you`,
			unsubscribeUrl: '/unsubscribe?token=x'
		});
		await mailerTo(db, smtp.url, 'Γιώργος, Desk <talk@example.org>').deliver();
		expect(smtp.mails).toHaveLength(1);
		const [mail] = smtp.mails;
		expect(mail.recipients).toEqual(['ann@example.org']);
		expect(mail.headers.map(([header]) => header).sort()).toEqual(EXPECTED);
		expect(mail.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
		expect(mail.header('list-unsubscribe')).toBe('<https://talk.example.org/unsubscribe?token=x>');
		expect(mail.header('from')).toContain('<talk@example.org>');
		expect([...mail.header('subject')].length).toBeLessThanOrEqual(201);
	}
);
