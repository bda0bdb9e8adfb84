import type { ParseArgsOptionsConfig } from 'node:util';
import type { Database } from '../lib/server/database/database.ts';

/** What a command is given. */
export interface Invocation {
	/** The words after the command's own. */
	words: string[];
	/** The values of its options. */
	values: Record<string, string | boolean | undefined>;
	/** Opens the site's database, brought up to date if the command says so; closed when it ends. */
	database: () => Promise<Database>;
}

/** One command of the command line. */
export interface Command {
	/** Its arguments, as `--help` shows them. */
	usage: string;
	/** What it does, in a line. */
	summary: string;
	options: ParseArgsOptionsConfig;
	/**
	 * Does it; messages go to standard error.
	 * @returns what `--json` prints, and the text that standard output gets otherwise.
	 */
	run: (invocation: Invocation) => Promise<Answer>;
}

/** What a command answers on standard output. */
export interface Answer {
	json: unknown;
	text: string;
}

/** A command that was called wrongly: exit code 2. */
export class WrongUsage extends Error {}

/** A command that could not do what it was asked: exit code 1, with these words. */
export class Failure extends Error {}

/** A line to the person at the terminal. */
export function tell(words: string): void {
	process.stderr.write(`${words}\n`);
}

/** The text value of an option that must be there. @throws {WrongUsage} */
export function needed(values: Invocation['values'], name: string): string {
	const value = values[name];
	if (typeof value === 'string' && value !== '') return value;
	throw new WrongUsage(`--${name} is missing.`);
}
