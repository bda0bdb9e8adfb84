import { resolve } from 'node:path';

let directory: string | undefined;

/** The directory in which the command was called; npm itself runs it in the project's. */
export function callerDirectory(): string {
	const { npm_lifecycle_event: script, INIT_CWD: npmCalledIn } = process.env;
	return (directory ??= script === 'cli' && npmCalledIn ? npmCalledIn : process.cwd());
}

/** The path of a file that was named as an argument; `-` stays: it is standard input or output. */
export function pathOf(argument: string): string {
	return argument === '-' ? argument : resolve(callerDirectory(), argument);
}
