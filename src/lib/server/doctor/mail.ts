import { and, count, isNotNull, isNull } from 'drizzle-orm';
import { mails } from '../database/schema.ts';
import { verify } from '../mail/transport.ts';
import { ok, unless, warning, wrong, type Check } from './finding.ts';

/** Whether mail can go out. */
export const mail: Check = {
	key: 'mail',
	name: 'Mail',
	async look({ config: { mail: settings } }) {
		if (settings === null) {
			return [
				warning(
					'No mail server is set: nobody can reset a password, confirm an address or be notified by mail.',
					'Set MAIL_URL and MAIL_FROM.'
				)
			];
		}
		if (settings.kind === 'log') {
			const words = 'Mail is written into the log instead of being sent, with its links.';
			return [warning(words, 'Set MAIL_URL to a mail server; log: is for development.')];
		}
		const fault = await verify(settings);
		if (fault === null) return [ok(`${settings.host} answers and takes our mail.`)];
		return [wrong(fault.words, 'Correct MAIL_URL, then try it: npm run cli -- mail test ADDRESS')];
	}
};

/** Whether mail was given up lately. */
export const lostMail: Check = {
	key: 'lost-mail',
	name: 'Mail that was given up',
	async look({ db }) {
		const [{ lost }] = await db.read
			.select({ lost: count() })
			.from(mails)
			.where(and(isNotNull(mails.failedAt), isNull(mails.sentAt)));
		const words = `${lost} mail${lost === 1 ? ' was' : 's were'} given up in the last two weeks.`;
		const fault = lost > 0 && warning(words, 'npm run cli -- mail list says why.');
		return unless([fault], 'None was given up in the last two weeks.');
	}
};
