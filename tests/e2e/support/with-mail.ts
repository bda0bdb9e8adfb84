import { startSite } from '../../support/server.ts';
import { startSmtp, type Received, type Smtp } from '../../support/smtp.ts';
import { test as people } from './people.ts';
import { expect } from './site.ts';

/** Starts of two servers on a loaded machine (milliseconds). */
const PATIENCE = 120_000;

/** The `test` of `people.ts`, whose site sends its mail to a server of the tests. */
export const test = people.extend<object, { smtp: Smtp }>({
	smtp: [
		async ({}, use) => {
			const smtp = await startSmtp();
			await use(smtp);
			await smtp.stop();
		},
		{ scope: 'worker' }
	],
	site: [
		async ({ smtp, siteOptions }, use) => {
			const port = 20_000 + Math.floor(Math.random() * 20_000);
			const origin = `http://localhost:${port}`;
			const site = await startSite({
				env: {
					...{ MAIL_URL: smtp.url, MAIL_FROM: 'talk@example.org', RATE_LIMITS: 'off' },
					...{ ORIGIN: origin, PORT: String(port), HOST: '127.0.0.1', ...siteOptions.env }
				}
			});
			await use(site);
			await site.stop();
		},
		{ scope: 'worker', timeout: PATIENCE }
	]
});

/** Waits for a mail to an address whose subject has these words, and takes it out of what has come. */
export async function takeMail(smtp: Smtp, email: string, subject: string): Promise<Received> {
	const last = () =>
		smtp.mails.findLast(
			(mail) => mail.recipients.includes(email) && mail.header('subject').includes(subject)
		);
	await expect.poll(last, { timeout: 30_000 }).toBeDefined();
	const mail = last()!;
	smtp.mails.splice(smtp.mails.indexOf(mail), 1);
	return mail;
}

/** The link of a mail that works once. */
export function linkOf({ text }: Received): string {
	const [link] = /http\S+token=\S+/.exec(text) ?? [];
	expect(link, text).toBeDefined();
	return link!;
}
