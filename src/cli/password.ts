import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** A password from the terminal, not shown while it is typed, or the first line of standard input. */
export async function askPassword(): Promise<string> {
	const terminal = process.stdin.isTTY;
	if (terminal) process.stderr.write('Password: ');
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: silent, terminal });
	try {
		for await (const line of lines) return line;
		return '';
	} finally {
		lines.close();
		if (terminal) process.stderr.write('\n');
	}
}
