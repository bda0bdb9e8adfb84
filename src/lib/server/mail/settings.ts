import { emailKey } from '../accounts/addresses/emails.ts';

/** Who mail is from; without a name it is the site's. */
export interface Sender {
	name: string;
	address: string;
}

/** The mail server that takes mail. */
export interface SmtpSettings {
	kind: 'smtp';
	host: string;
	port: number;
	/** TLS from the first byte (`smtps:`); otherwise STARTTLS where the server offers it. */
	secure: boolean;
	user: string;
	password: string;
	from: Sender;
}

/** How mail goes out: to a mail server, or into the log. */
export type MailSettings = SmtpSettings | { kind: 'log' };

const LOG = 'log:';
// RFC 8314 and RFC 6409: where mail servers take mail from their own users.
const SECURE_PORT = 465;
const SUBMISSION_PORT = 587;
const NAME_AND_ADDRESS = /^(?:"([^"]*)"|([^"<>]*))\s*<([^<>]+)>$/;
const BREAKS_A_HEADER = /\p{Cc}/u;

function decoded(text: string): string | null {
	try {
		return decodeURIComponent(text);
	} catch {
		return null;
	}
}

function readServer(text: string): Omit<SmtpSettings, 'kind' | 'from'> | null {
	const url = /^smtps?:\/\/./.test(text) ? URL.parse(text) : null;
	const user = decoded(url?.username ?? '');
	const password = decoded(url?.password ?? '');
	if (!url?.hostname || user === null || password === null) return null;
	if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return null;
	const secure = url.protocol === 'smtps:';
	const port = Number(url.port) || (secure ? SECURE_PORT : SUBMISSION_PORT);
	// An IPv6 address stands between brackets in a URL only.
	return { host: url.hostname.replace(/^\[|\]$/g, ''), port, secure, user, password };
}

function readSender(text: string): Sender | null {
	const [, quoted, bare, inBrackets] = NAME_AND_ADDRESS.exec(text) ?? [];
	const address = inBrackets ?? text;
	if (BREAKS_A_HEADER.test(text) || emailKey(address) === null) return null;
	return { name: (quoted ?? bare ?? '').trim(), address: address.trim() };
}

/** Reads MAIL_URL and MAIL_FROM; what is wrong with them is added to `problems`. */
export function readMail(
	url: string,
	from: string,
	origin: string | null,
	problems: string[]
): MailSettings | null {
	if (url === '') return null;
	if (url === LOG) return { kind: 'log' };
	const server = readServer(url);
	const sender = readSender(from);
	// The address may hold a password, so it is not repeated.
	if (!server) {
		problems.push(
			'MAIL_URL must be like smtps://USER:PASSWORD@mail.example.org, with special characters of the password as %XX.'
		);
	}
	if (!sender) {
		problems.push(`MAIL_FROM must be like The Gazette <talk@example.org>, not "${from}".`);
	}
	if (origin === null) problems.push('ORIGIN must be set when MAIL_URL is: mail holds links.');
	return server && sender && { kind: 'smtp', ...server, from: sender };
}
