import { UsageError } from './command.ts';

const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const ENTER = ['\r', '\n', '\u0004'];
const CONTROL_C = '\u0003';
const BACKSPACE = ['\u007f', '\b'];
const INTERRUPTED = 130;

/** Text from people made safe for a terminal: no control characters, nothing that turns it round. */
export function safe(text: string): string {
	return text.replace(NOT_SHOWN, '�');
}

/** Writes a message or progress: to standard error, so that standard output is the result alone. */
export function say(line: string): void {
	process.stderr.write(`${line}\n`);
}

/** Writes the result: as JSON when that was asked for, else in words. */
export function answer(json: boolean, value: unknown, words: string): void {
	process.stdout.write(`${json ? JSON.stringify(value, null, '\t') : words}\n`);
}

/** The first line of standard input. */
async function readInput(): Promise<string> {
	let text = '';
	process.stdin.setEncoding('utf8');
	for await (const chunk of process.stdin) {
		text += String(chunk);
		if (text.includes('\n')) break;
	}
	return text.split(/\r?\n/)[0];
}

/** Asks at the terminal, showing nothing of what is typed. */
function askUnseen(question: string): Promise<string> {
	const { stdin, stderr } = process;
	stderr.write(question);
	stdin.setRawMode(true);
	stdin.setEncoding('utf8');
	stdin.resume();
	return new Promise((resolve) => {
		let typed: string[] = [];
		const finish = () => {
			stdin.off('data', onData);
			stdin.setRawMode(false);
			stdin.pause();
			stderr.write('\n');
		};
		const onData = (text: string) => {
			for (const [at, key] of [...text].entries()) {
				if (key === CONTROL_C) {
					finish();
					process.exit(INTERRUPTED);
				}
				if (ENTER.includes(key)) {
					finish();
					// What was typed ahead answers the next question.
					const ahead = [...text]
						.slice(at + 1)
						.join('')
						.replace(/^\n/, '');
					if (ahead !== '') stdin.unshift(ahead);
					resolve(typed.join(''));
					return;
				}
				if (BACKSPACE.includes(key)) typed = typed.slice(0, -1);
				else typed.push(key);
			}
		};
		stdin.on('data', onData);
	});
}

/**
 * A password: asked for twice at a terminal, without showing it, else read from standard input.
 * @throws {UsageError} when none is given; {Error} when the two that were typed are not the same.
 */
export async function askPassword(whose: string): Promise<string> {
	if (!process.stdin.isTTY) {
		const password = await readInput();
		if (password !== '') return password;
		throw new UsageError('Give a password: with --password, or on standard input.');
	}
	const password = await askUnseen(`Password for ${safe(whose)}: `);
	if (password === '') throw new Error('No password was given.');
	if ((await askUnseen('The same again: ')) === password) return password;
	throw new Error('The two passwords are not the same.');
}
