import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { readMessage, type Message } from './mime.ts';

/** A mail that the server took. */
export interface Received extends Message {
	/** Whom it was sent to, beside what its headers say. */
	recipients: string[];
	/** Who signed in to send it; '' for nobody. */
	user: string;
}

/** An answer other than "taken": the step that it is given at, the status and the words. */
export interface Refusing {
	at: 'sender' | 'recipient' | 'message';
	status: number;
	words: string;
}

/** How the server is; nothing is needed. */
export interface SmtpOptions {
	/** Who may send, and how they sign in; without it anybody may. */
	login?: { user: string; password: string };
	/** TLS from the first byte, by a certificate that nobody trusts. */
	secure?: boolean;
	/** The port, to come back where one has been before. */
	port?: number;
}

/** A mail server on this machine that keeps what it is sent. */
export interface Smtp {
	port: number;
	/** As in MAIL_URL, without a login. */
	url: string;
	/** What it took, in the order in which it did. */
	mails: Received[];
	/** Answers so from now on, or takes everything again. */
	refuse(how: Refusing | null): void;
	/** Keeps every message waiting for its answer until that is called for. */
	hold(): { release(): void };
	/** Resolves when so many messages wait for their answer. */
	holding(count: number): Promise<void>;
	/** The most that it was given at once. */
	peak(): number;
	stop(): Promise<void>;
}

function failure(how: Refusing | null, at: Refusing['at']): Error | null {
	if (how?.at !== at) return null;
	return Object.assign(new Error(how.words), { responseCode: how.status });
}

/** Starts a mail server on a free port of loopback. */
export async function startSmtp(options: SmtpOptions = {}): Promise<Smtp> {
	const { login, secure = false } = options;
	const mails: Received[] = [];
	let refusing: Refusing | null = null;
	let held: (() => void)[] | null = null;
	let atOnce = 0;
	let peak = 0;
	const changed: (() => void)[] = [];
	const answered = (answer: () => void) => {
		if (held === null) return answer();
		held.push(answer);
		changed.splice(0).forEach((look) => look());
	};
	const server = new SMTPServer({
		secure,
		logger: false,
		allowInsecureAuth: true,
		disabledCommands: ['STARTTLS'],
		authOptional: login === undefined,
		onAuth({ username = '', password }, _session, callback) {
			if (username === login?.user && password === login.password) {
				return callback(null, { user: username });
			}
			callback(Object.assign(new Error('Who are you?'), { responseCode: 535 }));
		},
		onMailFrom: (_address, _session, callback) => callback(failure(refusing, 'sender')),
		onRcptTo: (_address, _session, callback) => callback(failure(refusing, 'recipient')),
		onData(stream, { envelope, user = '' }, callback) {
			const parts: Buffer[] = [];
			atOnce += 1;
			peak = Math.max(peak, atOnce);
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () =>
				answered(() => {
					atOnce -= 1;
					const failed = failure(refusing, 'message');
					if (failed) return callback(failed);
					const recipients = envelope.rcptTo.map(({ address }) => address);
					const message = readMessage(Buffer.concat(parts).toString('latin1'));
					mails.push({ ...message, recipients, user: String(user) });
					callback(null);
				})
			);
		}
	});
	// Clients that break off are part of the tests.
	server.on('error', () => {});
	server.listen(options.port ?? 0, '127.0.0.1');
	await once(server.server, 'listening');
	const { port } = server.server.address() as AddressInfo;
	return {
		port,
		url: `${secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
		mails,
		refuse: (how) => (refusing = how),
		hold() {
			held ??= [];
			const release = () => {
				const waiting = held ?? [];
				held = null;
				waiting.forEach((answer) => answer());
			};
			return { release };
		},
		async holding(count) {
			while ((held?.length ?? 0) < count) await new Promise<void>((look) => changed.push(look));
		},
		peak: () => peak,
		stop: () => new Promise((resolve) => server.close(() => resolve()))
	};
}
