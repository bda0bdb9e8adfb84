import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { UsageError } from './command.ts';
import { COMMANDS } from './commands.ts';
import { callerDirectory } from './paths.ts';
import { say } from './terminal.ts';
import { wordsFor } from './words.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
const ENDED_BY_SIGNAL = 128;

async function overview(): Promise<string> {
	const lines = Object.entries(COMMANDS).map(async ([name, load]) => {
		return `  ${name.padEnd(10)}${(await load()).command.summary}`;
	});
	return [
		'npm run cli -- COMMAND [ARGUMENTS]',
		'',
		...(await Promise.all(lines)),
		'',
		'Every command has --help, and --json for a result that programs can read.'
	].join('\n');
}

async function run(name: string | undefined, args: string[]): Promise<number> {
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
		const words = await overview();
		if (name === undefined) say(words);
		else console.log(words);
		return name === undefined ? WRONG_USAGE : DONE;
	}
	if (!Object.hasOwn(COMMANDS, name)) {
		say(`There is no command "${name}".\n\n${await overview()}`);
		return WRONG_USAGE;
	}
	const { command } = await COMMANDS[name]();
	if (args.some((arg) => arg === '--help' || arg === '-h')) {
		console.log(command.help);
		return DONE;
	}
	try {
		await command.run(args);
		// What it did went well; what it was to find out may not be.
		return process.exitCode === FAILED ? FAILED : DONE;
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		say(`${error.message}\n\n${command.help}`);
		return WRONG_USAGE;
	}
}

// Ended by a signal, a command still tidies up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => process.exit(ENDED_BY_SIGNAL + constants.signals[signal]));
}
// Whoever reads our output may stop early: `export - | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit(FAILED);
});
// Relative paths of settings, and the migrations, are the project's; those of arguments the caller's.
callerDirectory();
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
try {
	process.exitCode = await run(process.argv[2], process.argv.slice(3));
} catch (error) {
	say(wordsFor(error));
	process.exitCode = FAILED;
}
