import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { open } from '#lib/server/database/open.ts';
import { runCommand } from '../../support/command.ts';
import { startSmtp, type Smtp } from '../../support/smtp.ts';
import { enqueue, withMail } from '../mail/support/mailing.ts';
import { testDatabaseUrl } from '../support/database.ts';
import './support.ts';

withMail();

let url: string;
let smtp: Smtp;

beforeAll(async () => {
	url = await testDatabaseUrl();
	smtp = await startSmtp();
});
afterAll(() => smtp.stop());

function run(args: string[], MAIL_URL = smtp.url) {
	const MAIL_FROM = 'talk@example.org';
	return runCommand(url, args, {
		env: { ORIGIN: 'https://talk.example.org', MAIL_URL, MAIL_FROM }
	});
}

// Sending has nothing to do with the database: once is enough.
describe.runIf(inject('databases').dialect === 'sqlite')('mail test', () => {
	test('sends one mail now', async () => {
		const { code, stdout, stderr } = await run(['mail', 'test', 'ann@example.org', '--json']);
		expect(code).toBe(0);
		expect(stderr).toContain('127.0.0.1 took a mail to ann@example.org.');
		const { id } = JSON.parse(stdout) as { id: string };
		expect(smtp.mails.map((mail) => mail.header('message-id'))).toEqual([`<${id}@example.org>`]);
		expect(smtp.mails[0].text).toContain('https://talk.example.org/');
	});

	test('says what went wrong', async () => {
		smtp.refuse({ at: 'recipient', status: 550, words: 'Nobody of that name.' });
		const refused = await run(['mail', 'test', 'ann@example.org']);
		smtp.refuse(null);
		expect(refused.code).toBe(1);
		expect(refused.stderr).toMatch(/^The mail server \S+ answered: 550 Nobody of that name\.\n$/);
		const away = await run(['mail', 'test', 'ann@example.org'], 'smtp://127.0.0.1:1');
		expect(away.code).toBe(1);
		expect(away.stderr).toBe('The mail server 127.0.0.1:1 does not answer: is it running?\n');
		const none = await run(['mail', 'test', 'ann@example.org'], '');
		expect(none).toMatchObject({
			code: 1,
			stderr: expect.stringContaining('No mail server is set')
		});
	});

	test('may go into the log', async () => {
		const { code, stderr } = await run(['mail', 'test', 'ann@example.org'], 'log:');
		expect(code).toBe(0);
		expect(stderr).toContain('"event":"mail","to":"ann@example.org"');
	});
});

test('mail list shows what has not gone out', async () => {
	expect((await run(['mail', 'list'])).stderr).toContain('No mail waits');
	const db = await open(url);
	await enqueue(db, { subject: 'Your comment was picked' });
	await db.close();
	const { stdout } = await run(['mail', 'list']);
	expect(stdout).toMatch(/ann@example\.org {2}Your comment was picked\n {4}0 tried, tried next \d/);
	const [mail] = JSON.parse((await run(['mail', 'list', '--json'])).stdout) as object[];
	expect(mail).toMatchObject({ to: 'ann@example.org', attempts: 0, failed_at: null, error: '' });
});
