import { parseArgs } from 'node:util';
import { config, ConfigError } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { migrate as bringUpToDate } from '../lib/server/database/migrate.ts';
import { open } from '../lib/server/database/open.ts';
import { isRefusal } from '../lib/server/refusal.ts';
import * as site from '../lib/server/site/site.ts';
import { Failure, WrongUsage, type Command } from './command.ts';
import { account } from './account.ts';
import { migrate } from './migrate.ts';
import { settings } from './settings.ts';
import { token } from './token.ts';

const COMMANDS: Record<string, Command> = { account, token, migrate, settings };

const COMMON = {
	help: { type: 'boolean', default: false },
	json: { type: 'boolean', default: false }
} as const;

function help(): string {
	const lines = Object.entries(COMMANDS).map(
		([name, { usage, summary }]) => `  ${`${name} ${usage}`.trim()}\n      ${summary}\n`
	);
	return `npm run --silent cli -- COMMAND [--help] [--json]\n\n${lines.join('')}`;
}

let opened: Database | null = null;

async function database(): Promise<Database> {
	const { databaseUrl } = config();
	await bringUpToDate(databaseUrl);
	opened = await open(databaseUrl);
	await site.ensure(opened);
	return opened;
}

async function run(args: string[]): Promise<number> {
	const [name, ...rest] = args;
	const command = name === undefined ? undefined : COMMANDS[name];
	if (!command) {
		const asked = name === undefined || name === '--help' || name === 'help';
		(asked ? process.stdout : process.stderr).write(help());
		return name === undefined || asked ? (name === undefined ? 2 : 0) : 2;
	}
	const options = { ...COMMON, ...command.options };
	const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
	if (values.help) {
		process.stdout.write(`${name} ${command.usage}\n  ${command.summary}\n`);
		return 0;
	}
	const given = values as Record<string, string | boolean | undefined>;
	const answer = await command.run({ words: positionals, values: given, database });
	process.stdout.write(values.json ? `${JSON.stringify(answer.json, null, '\t')}\n` : answer.text);
	return 0;
}

/** The exit code for what was thrown, with its words on standard error. */
function codeOf(error: unknown): number {
	const code = (error as { code?: unknown }).code;
	const wrongUsage =
		error instanceof WrongUsage || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'));
	if (error instanceof Error) {
		const known =
			wrongUsage || error instanceof Failure || error instanceof ConfigError || isRefusal(error);
		process.stderr.write(`${known ? error.message : (error.stack ?? error.message)}\n`);
	}
	return wrongUsage ? 2 : 1;
}

process.exitCode = await run(process.argv.slice(2)).catch(codeOf);
await (opened as Database | null)?.close();
