import { once } from 'node:events';
import { startSite } from '../support/server.ts';
import { startSmtp } from '../support/smtp.ts';
import { change, query } from './security/support/database.ts';
import { expect, test } from './support/site.ts';
import type { Site } from './support/site.ts';

/** Starts of servers on a loaded machine (milliseconds). */
const PATIENCE = 180_000;
const MAILS = 6;
/** What a server sends at once. */
const AT_ONCE = 4;

function putIntoOutbox(site: Pick<Site, 'databaseUrl'>): void {
	for (let n = 0; n < MAILS; n++) {
		change(
			site,
			`insert into mails (id, recipient, subject, text, html, created_at, next_at)
			values ('mail-${n}', 'reader-${n}@example.org', 'S', 'T', '<p>T</p>', unixepoch() * 1000, 0)`
		);
	}
}

function countSent(site: Pick<Site, 'databaseUrl'>): number {
	return query(site, "select id from mails where sent_at is not null and text = ''").length;
}

test('a server that is killed while it sends loses no mail, and two together send none twice', async () => {
	test.setTimeout(PATIENCE);
	const smtp = await startSmtp();
	const env = {
		ORIGIN: 'http://talk.example.org',
		MAIL_URL: smtp.url,
		MAIL_FROM: 'talk@example.org'
	};
	const { release } = smtp.hold();
	const killed = await startSite({ env });
	const { databaseUrl } = killed;
	putIntoOutbox(killed);
	await smtp.holding(AT_ONCE);
	const gone = once(killed.process, 'exit');
	killed.process.kill('SIGKILL');
	await gone;
	// What it was given last the mail server took, but nobody was left to note that.
	release();
	expect(countSent(killed)).toBe(0);
	// The dead one's claims end.
	change(killed, 'update mails set next_at = 0');

	const both = await Promise.all([
		startSite({ databaseUrl, env }),
		startSite({ databaseUrl, env })
	]);
	await expect.poll(() => countSent(killed)).toBe(MAILS);
	for (const site of both) expect((await site.stop()).code).toBe(0);
	const ids = smtp.mails.map((mail) => mail.header('message-id'));
	expect(new Set(ids).size).toBe(MAILS);
	expect(ids).toHaveLength(MAILS + AT_ONCE);
	await killed.stop();
	await smtp.stop();
});
