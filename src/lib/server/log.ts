import pino, { type Logger } from 'pino';
import { current } from './monitoring/visits.ts';
import { shared } from './process.ts';

/** How much a line weighs, lightest first. */
export const LEVELS = ['info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** What a log line says beside its event. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

// A second wall: whoever logs names none of these in the first place.
const SECRET = ['password', 'token', 'secret', 'cookie', 'authorization', 'email'];

/** Nothing but printable ASCII: no line breaks, terminal escapes or bidi marks reach a reader of the log. */
function escape(json: string): string {
	return json.replace(
		/[^\x20-\x7e]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}

function open(): Logger<never> {
	const settings = {
		base: null,
		level: LEVELS[0],
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		formatters: { level: (level: string) => ({ level }) },
		redact: { paths: SECRET, censor: '***' }
	};
	return pino(settings, {
		write: (line: string) => void process.stderr.write(`${escape(line.trimEnd())}\n`)
	});
}

function logger(): Logger<never> {
	return shared('logger', open);
}

/** From now on lines that weigh less than this are not written. */
export function setLevel(level: Level): void {
	logger().level = level;
}

/** The request that goes on, where somebody looks for its lines. */
function visit(): LogFields {
	const { id, trace } = current() ?? {};
	return { requestId: id, traceId: trace?.id };
}

/** Writes one line of JSON to standard error. Never give it passwords, tokens or people's words. */
export function log(level: Level, event: string, fields: LogFields = {}): void {
	logger()[level]({ event, ...visit(), ...fields });
}
