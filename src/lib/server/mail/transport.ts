import { log } from '../log.ts';
import { normaliseLine } from '../text/normalise.ts';
import { faultOf, type Fault } from './faults.ts';
import type { MailSettings, SmtpSettings } from './settings.ts';

/** A mail of the outbox, as it goes out. */
export interface Outgoing {
	id: string;
	recipient: string;
	subject: string;
	text: string;
	html: string;
	unsubscribeUrl: string;
	createdAt: Date;
}

/** What takes mail. */
export interface Transport {
	/**
	 * Gives a mail away; null when it was taken.
	 * @param siteName whom it is from, where the operator gave no name.
	 */
	send(mail: Outgoing, siteName: string, signal?: AbortSignal): Promise<Fault | null>;
}

const SECOND = 1000;
const CONNECT_MS = 20 * SECOND;
// RFC 5321 grants a server minutes to think about a mail; what hangs for longer is cut off.
const SILENCE_MS = 60 * SECOND;
const WHOLE_MS = 300 * SECOND;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

function connection({ host, port, secure, user, password }: SmtpSettings) {
	const isLocal = LOOPBACK.test(host);
	return {
		...{ host, port, secure },
		auth: user === '' ? undefined : { user, pass: password },
		// A password goes over no open line. A server on this machine often has a certificate of its own making.
		requireTLS: user !== '' && !isLocal,
		ignoreTLS: isLocal,
		...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS }
	};
}

/**
 * The fields of a message. Its id is made of the row's: should one be sent twice, because we ended
 * between sending and noting it, whoever receives it can see that it is the same.
 */
function message(mail: Outgoing, siteName: string, { from }: SmtpSettings) {
	const { id, recipient, subject, text, html, unsubscribeUrl, createdAt } = mail;
	const domain = from.address.split('@').at(-1);
	const oneClick = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
	return {
		from: { name: from.name || normaliseLine(siteName), address: from.address },
		// As an object it is one address, whatever is in it.
		to: { name: '', address: recipient },
		...{ subject, text, html, date: createdAt, messageId: `<${id}@${domain}>` },
		headers: { 'Auto-Submitted': 'auto-generated', ...(unsubscribeUrl && oneClick) },
		...(unsubscribeUrl && { list: { unsubscribe: unsubscribeUrl } }),
		disableFileAccess: true,
		disableUrlAccess: true
	};
}

/** The mailer, loaded by whoever sends something: a server without mail has no use for its 5 MB. */
async function mailerOf(settings: SmtpSettings, patience = {}) {
	const { default: nodemailer } = await import('nodemailer');
	return nodemailer.createTransport({ ...connection(settings), ...patience });
}

/** Mail by SMTP, over a connection for each. */
export function smtp(settings: SmtpSettings): Transport {
	let made: ReturnType<typeof mailerOf> | undefined;
	return {
		async send(mail, siteName, stopped) {
			const tooLong = AbortSignal.timeout(WHOLE_MS);
			const signal = stopped ? AbortSignal.any([stopped, tooLong]) : tooLong;
			try {
				const mailer = await (made ??= mailerOf(settings));
				await mailer.sendMail({ ...message(mail, siteName, settings), signal });
				return null;
			} catch (error) {
				return faultOf(error, settings);
			}
		}
	};
}

// Somebody waits for the answer, where a mail waits for nobody.
const VERIFY_MS = 5 * SECOND;
const QUICK = {
	connectionTimeout: VERIFY_MS,
	greetingTimeout: VERIFY_MS,
	socketTimeout: VERIFY_MS
};

/** Whether a mail server answers and takes mail from us, without sending any; null if it does. */
export async function verify(settings: SmtpSettings): Promise<Fault | null> {
	const mailer = await mailerOf(settings, QUICK);
	try {
		await mailer.verify();
		return null;
	} catch (error) {
		return faultOf(error, settings);
	} finally {
		mailer.close();
	}
}

/** Mail as a line of the log each, for development: links in it can be followed from there. */
const logged: Transport = {
	send({ recipient, subject, text }) {
		log('info', 'mail', { to: recipient, subject, text });
		return Promise.resolve(null);
	}
};

/** What takes mail by these settings. */
export function transport(settings: MailSettings): Transport {
	return settings.kind === 'smtp' ? smtp(settings) : logged;
}
