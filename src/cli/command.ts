import { parseArgs, type ParseArgsConfig } from 'node:util';

/** One of the commands. */
export interface Command {
	/** What it does, in a line. */
	summary: string;
	/** What `--help` prints. */
	help: string;
	/** Runs it with what follows its name. @throws {UsageError} for arguments that make no sense */
	run(args: string[]): Promise<void>;
}

/** The command was called in a way that makes no sense; exit code 2. */
export class UsageError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'UsageError';
	}
}

type Options = NonNullable<ParseArgsConfig['options']>;

const EVERYWHERE = {
	help: { type: 'boolean', short: 'h', default: false },
	json: { type: 'boolean', default: false }
} as const;

/** Reads a command's arguments; every command has `--json`. @throws {UsageError} */
export function read<const Own extends Options>(args: string[], own: Own) {
	try {
		return parseArgs({ args, options: { ...own, ...EVERYWHERE }, allowPositionals: true });
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** Asserts how many arguments there are beside the options. @throws {UsageError} */
export function expect(positionals: string[], ...names: string[]): void {
	const missing = names[positionals.length];
	if (missing !== undefined) throw new UsageError(`${missing} is missing.`);
	const extra = positionals[names.length];
	if (extra !== undefined) {
		throw new UsageError(`"${extra}" is one argument too many; put a name with spaces in quotes.`);
	}
}

/** A number given as an option. @throws {UsageError} */
export function wholeNumber(text: string, option: string, most: number): number {
	const value = /^\d{1,12}$/.test(text) ? Number(text) : NaN;
	if (value <= most) return value;
	throw new UsageError(`--${option} must be a whole number from 0 to ${most}, not "${text}".`);
}
