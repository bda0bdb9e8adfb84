/** What a log line says beside its event. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Nothing but printable ASCII: no line breaks, terminal escapes or bidi marks reach a reader of the log. */
function escape(json: string): string {
	return json.replace(
		/[^\x20-\x7e]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}

/** Writes one line of JSON to standard error. Never give it passwords, tokens or people's words. */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: LogFields = {}): void {
	const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...fields });
	process.stderr.write(escape(line) + '\n');
}
