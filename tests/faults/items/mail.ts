import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { startSmtp } from '../../support/smtp.ts';
import { BOTH, quick, type Fault } from '../support/fault.ts';
import { command, furnish, serve } from '../support/forum.ts';
import { check, load, newLedger, told } from '../support/ledger.ts';
import { ask } from '../support/place.ts';

const PATIENCE_MS = 30_000;

/** The mail server takes connections and says nothing. */
export const hanging: Fault = {
	item: 'R17',
	what: 'a mail server that hangs, and two servers that send',
	on: BOTH,
	times: 1,
	async run(place) {
		const smtp = await startSmtp();
		const url = await place.newDatabase();
		const port = randomInt(20_000, 40_000);
		const origin = `http://localhost:${port}`;
		const env = {
			...{ MAIL_URL: smtp.url, MAIL_FROM: 'talk@example.org' },
			...{ ORIGIN: origin, PORT: String(port), HOST: '127.0.0.1' }
		};
		const site = await serve(url, { env });
		// Both look for mail that is due.
		const other = await serve(url, { env: { ...env, PORT: '0' } });
		const tokens = await furnish(site);
		const ledger = newLedger();
		const wrong: string[] = [];
		const { attempted, acknowledged, edited, voted } = ledger;
		const before = { ...newLedger(), attempted, acknowledged, edited, voted };
		const ordinary = load(site, tokens, { ledger: before });
		await ordinary.acknowledged(200);
		await ordinary.stop();
		const held = smtp.hold();
		// What goes out with the next look at the outbox.
		const people = ['Eve Mar', 'Fay Orr', 'Gil Fen'];
		for (const name of people) {
			const email = `${name.toLowerCase().replace(' ', '.')}@example.org`;
			await command(
				site,
				'account',
				'create',
				name,
				'--email',
				email,
				'--role',
				'reader',
				'--password',
				'tern gannet fulmar skua'
			);
			await fetch(`${site.url}/sign-in/link`, {
				method: 'POST',
				headers: { origin },
				body: new URLSearchParams({ name: email })
			});
		}
		const writing = load(site, tokens, { ledger });
		await writing.acknowledged(300);
		await writing.stop();
		const speed = quick('posting', ledger.times, before.times);
		wrong.push(...speed.wrong);
		if (smtp.mails.length > 0) wrong.push('the mail server did not hang');
		held.release();
		const waiting =
			'select count(*) as count from mails where sent_at is null and failed_at is null';
		const until = performance.now() + PATIENCE_MS;
		let left = -1;
		while (left !== 0 && performance.now() < until) {
			[{ count: left }] = (await ask<{ count: number | string }>(url, waiting)).map(
				({ count }) => ({
					count: Number(count)
				})
			);
			await setTimeout(200);
		}
		if (left !== 0) wrong.push(`${left} mails still wait`);
		const recipients = smtp.mails.flatMap((mail) => mail.recipients);
		if (recipients.length !== people.length) wrong.push(`${recipients.length} mails went out`);
		if (new Set(recipients).size !== recipients.length) wrong.push('a mail went out twice');
		wrong.push(...(await check(site, ledger)));
		await other.stop();
		await site.stop();
		await smtp.stop();
		const counted = `${told(ledger)}, ${speed.counted}, ${smtp.mails.length} mails sent afterwards`;
		return { counted, wrong };
	}
};
