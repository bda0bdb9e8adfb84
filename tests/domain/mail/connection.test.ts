import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { startSmtp, type SmtpOptions } from '../../support/smtp.ts';
import { testDatabase } from '../support/database.ts';
import { enqueue, listenToLog, mailerTo, rows, withMail } from './support/mailing.ts';

withMail();

const login = { user: 'paper@example.org', password: 's3cr:t/@é' };
const credentials = `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;

let db: Database;

beforeEach(async () => {
	db = await testDatabase();
	await enqueue(db);
});
afterEach(() => {
	vi.restoreAllMocks();
});

/** Sends what waits to a server of these options; what it took, and why it took nothing. */
async function trying(options: SmtpOptions, urlOf: (url: string) => string) {
	const log = listenToLog();
	const smtp = await startSmtp(options);
	await mailerTo(db, urlOf(smtp.url)).deliver();
	await smtp.stop();
	const [{ lastError }] = await rows(db);
	expect(log() + lastError).not.toContain('s3cr');
	return { users: smtp.mails.map((mail) => mail.user), lastError };
}

test('signs in', async () => {
	const answer = await trying({ login }, (url) => url.replace('://', `://${credentials}`));
	expect(answer).toEqual({ users: [login.user], lastError: '' });
});

test.each(['', 'paper:wrong@'])('without the right password (%j) mail waits', async (wrong) => {
	const { users, lastError } = await trying({ login }, (url) => url.replace('://', `://${wrong}`));
	expect(users).toEqual([]);
	expect(lastError).toMatch(wrong === '' ? /530/ : /refuses the user or password: 535/);
});

test('a server whose certificate nobody vouches for is given nothing', async () => {
	const { users, lastError } = await trying({ secure: true }, (url) => url);
	expect(users).toEqual([]);
	expect(lastError).toContain('certificate');
});

test('a password goes over no open line', async () => {
	// Reaches this machine by an address that is not loopback's.
	const { users, lastError } = await trying({ login }, (url) =>
		url.replace('://127.0.0.1', `://${credentials}0.0.0.0`)
	);
	expect(users).toEqual([]);
	expect(lastError).toContain('offers no secure connection');
});
