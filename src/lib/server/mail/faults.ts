import type { NodemailerError } from 'nodemailer';
import { normaliseLine } from '../text/normalise.ts';
import { excerpt } from '../text/plain.ts';

/** Why a mail did not go out. */
export interface Fault {
	/** For the log: a code of nodemailer's, and the server's answer if there was one. */
	code: string;
	status: number | undefined;
	/** For the operator; may hold the address that was written to. */
	words: string;
	/** The server has refused this mail for good. */
	isPermanent: boolean;
	/** The next mail would fare no better: the server is away, or does not take mail from us. */
	isOfServer: boolean;
}

const WORDS_LENGTH = 300;

/** Where a connection goes, in words. */
export interface Server {
	host: string;
	port: number;
}

function reason(error: NodemailerError, { host, port }: Server): string {
	const server = `The mail server ${host}:${port}`;
	const { code, originalCode, response, command, message } = error;
	if (originalCode === 'ECONNREFUSED') return `${server} does not answer: is it running?`;
	if (code === 'EDNS') return `The mail server’s name, ${host}, is not known.`;
	if (code === 'ETIMEDOUT') {
		return `${server} did not answer in time: are host and port right, and smtp or smtps?`;
	}
	if (code === 'EABORT') return `${server} took too long.`;
	if (code === 'EAUTH') return `${server} refuses the user or password: ${response ?? message}`;
	if (code === 'ETLS') return `${server} offers no secure connection: ${message}`;
	if (response === undefined) return `The connection to ${host}:${port} failed: ${message}`;
	if (command === 'MAIL FROM') return `${server} refuses the sender in MAIL_FROM: ${response}`;
	return `${server} answered: ${response}`;
}

/** What an error of nodemailer's means. */
export function faultOf(thrown: unknown, server: Server): Fault {
	const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as NodemailerError;
	const { code = error.name, responseCode, command, permanent = false } = error;
	const isOfMail = (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM';
	return {
		code,
		status: responseCode,
		words: excerpt(normaliseLine(reason(error, server)), WORDS_LENGTH),
		isPermanent: isOfMail && permanent,
		isOfServer: !isOfMail
	};
}
