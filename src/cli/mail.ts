import * as emails from '../lib/server/accounts/addresses/emails.ts';
import { now } from '../lib/server/clock.ts';
import { config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { newId } from '../lib/server/ids.ts';
import { source } from '../lib/server/mail/outbox.ts';
import { write } from '../lib/server/mail/template.ts';
import { transport } from '../lib/server/mail/transport.ts';
import { unsent, type Unsent } from '../lib/server/mail/unsent.ts';
import { expect, read, UsageError, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { answer, safe, say } from './terminal.ts';

const HELP = `Tries out the mail server, and lists mail that has not gone out.

  mail test ADDRESS
  mail list

"test" sends one mail now and says what went wrong, if anything did. "list" has what
waits, with why, and what was given up in the last two weeks; the newest 200.

  --json  the mail, or the list of them, as JSON`;

const PARAGRAPHS = [
	'This is a test. It was sent from the command line, to see whether mail arrives.',
	{ link: { label: 'The site that sent it', url: '/' } }
];

/** Sends one mail now. @throws {Error} with what went wrong, in words */
export async function send(db: Database, address: string) {
	const settings = config().mail;
	if (settings === null) throw new Error('No mail server is set: give MAIL_URL and MAIL_FROM.');
	const { email: recipient } = emails.check(address);
	const from = await source(db.read);
	const subject = `A test from ${from.siteName}`;
	const mail = { id: newId(), recipient, createdAt: now() };
	const written = write({ subject, paragraphs: PARAGRAPHS }, from);
	const fault = await transport(settings).send({ ...mail, ...written }, from.siteName);
	if (fault) throw new Error(fault.words);
	return { ...mail, subject, server: settings.kind === 'smtp' ? settings.host : null };
}

async function test(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	expect(positionals, 'ADDRESS');
	const sent = await withDatabase({ create: false }, (db) => send(db, positionals[0]));
	const { id, recipient, createdAt, server } = sent;
	if (server === null) say('That went into the log above: MAIL_URL says so.');
	else say(`${safe(server)} took a mail to ${safe(recipient)}. Look whether it arrives.`);
	if (values.json) answer(true, { id, to: recipient, created_at: createdAt, server }, '');
}

function shown(mail: Unsent) {
	const { id, recipient, subject, createdAt, attempts, nextAt, failedAt, lastError } = mail;
	return {
		...{ id, to: recipient, subject, created_at: createdAt, attempts },
		...{ next_at: failedAt ? null : nextAt, failed_at: failedAt, error: lastError }
	};
}

function minute(time: Date): string {
	return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function words({ recipient, subject, nextAt, failedAt, attempts, lastError, ...mail }: Unsent) {
	const state = failedAt ? `given up ${minute(failedAt)}` : `tried next ${minute(nextAt)}`;
	const why = lastError === '' ? '' : `\n    ${safe(lastError)}`;
	const first = `${minute(mail.createdAt)}  ${safe(recipient)}  ${safe(subject)}`;
	return `${first}\n    ${attempts} tried, ${state}${why}`;
}

async function list(args: string[]): Promise<void> {
	const { values, positionals } = read(args, {});
	expect(positionals);
	const all = await withDatabase({ create: false }, (db) => unsent(db.read));
	if (all.length > 0 || values.json) answer(values.json, all.map(shown), all.map(words).join('\n'));
	else say('No mail waits, and none was given up.');
}

const ACTS: Record<string, (args: string[]) => Promise<void>> = { test, list };

/** Tries out the mail server, lists mail that has not gone out. */
export const command: Command = {
	summary: 'try out the mail server, list mail that has not gone out',
	help: HELP,
	async run([act = '', ...args]) {
		if (!Object.hasOwn(ACTS, act)) {
			throw new UsageError(act === '' ? 'Say what to do.' : `There is no "mail ${act}".`);
		}
		await ACTS[act](args);
	}
};
