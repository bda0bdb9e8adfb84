import { config } from '../lib/server/config.ts';
import { isPostgres, wantedOf, withoutPassword } from '../lib/server/database/addresses.ts';
import { markOf } from '../lib/server/database/moved.ts';
import {
	move,
	takeBack,
	type MoveProgress,
	type MoveReport
} from '../lib/server/transfer/move/move.ts';
import { expect, read, UsageError, type Command } from './command.ts';
import { assertReady } from './database.ts';
import { showProgress, things, type Progress } from './progress.ts';
import { answer, safe, say } from './terminal.ts';

const HELP = `Moves the site from its SQLite file (DATABASE_URL) to an empty PostgreSQL database, row by row, while
the server runs. Rows that change meanwhile are carried again; for the last of them writes wait a
moment. Every row is read back and compared. Then the file is left: nothing writes to it any more, and
a server that is started on it says where its site is. Broken off before that, nothing has happened.

  move --to postgres://USER@HOST/NAME [--dry-run]
  move --take-back

--to         the new database; its password can be in PGPASSWORD, where no list of processes shows it.
             By a socket of the machine: postgres://USER@/NAME?host=/var/run/postgresql
--dry-run    only looks whether everything fits
--take-back  puts the file back in service, as it was when the site moved: what was written since then
             is in PostgreSQL alone

  --json  {"outcome", "target", "tables": [{"name", "rows", "hash"}], "mended", "changed", "closedMs"}`;

const OPTIONS = {
	to: { type: 'string' },
	'dry-run': { type: 'boolean', default: false },
	'take-back': { type: 'boolean', default: false }
} as const;

const STEPS = {
	copying: 'Copying',
	checking: 'Checking',
	reading: 'Reading'
};
// More are in the JSON.
const SHOWN = 20;

/** A bar for each step. */
function shown(): MoveProgress & { end(): void } {
	let bar: Progress | null = null;
	const end = () => bar?.end();
	return {
		end,
		begin(step, rows) {
			end();
			bar = showProgress(STEPS[step], rows, things('row'));
		},
		rows: (done) => bar?.set(done),
		closed() {
			end();
			say('The file is left: nothing is written to it any more.');
		}
	};
}

function mendedWords({ mended }: MoveReport): string[] {
	if (mended.length === 0) return [];
	const lines = mended.slice(0, SHOWN).map(({ table, key, column }) => {
		return `  ${table} ${safe(key)}: ${column}`;
	});
	const more = mended.length - lines.length;
	return [
		`${things('text')(mended.length)} with a character that PostgreSQL cannot hold; "�" stands there now:`,
		...lines,
		...(more > 0 ? [`  … and ${more} more`] : [])
	];
}

function words(report: MoveReport, to: string): string {
	const { outcome, target, tables, changed, closedMs } = report;
	const width = Math.max(...tables.map(({ name }) => name.length));
	const list = tables.map(({ name, rows, hash }) => {
		return `  ${name.padEnd(width)}  ${String(rows).padStart(9)}  ${hash}`;
	});
	const all = things('row')(tables.reduce((sum, { rows }) => sum + rows, 0));
	if (outcome === 'tried') {
		return [...list, ...mendedWords(report), `${all} would go to ${target}.`].join('\n');
	}
	const done =
		outcome === 'finished'
			? [`The site had moved to ${target}; its last step is done now.`]
			: [
					...list,
					...mendedWords(report),
					`${all} moved to ${target}, each read back and compared; ${changed} of them changed meanwhile.`,
					`Writes waited for ${(closedMs / 1000).toFixed(1)} seconds.`
				];
	const then = ['Now stop the server and start it with', `  DATABASE_URL=${withoutPassword(to)}`];
	return [...done, ...then].join('\n');
}

async function moveTo(to: string, dryRun: boolean, json: boolean): Promise<void> {
	if (!isPostgres(to) || wantedOf(to) === null) {
		throw new UsageError('--to must be an address like postgres://USER@HOST/NAME.');
	}
	const { databaseUrl, dialect } = config();
	if (dialect === 'postgres') {
		throw new UsageError('DATABASE_URL is a PostgreSQL already: a move goes from SQLite to it.');
	}
	// A file that was left may have a last step to be done.
	if (!markOf(databaseUrl)) await assertReady(databaseUrl, false);
	const progress = shown();
	const input = { from: databaseUrl, to, dryRun };
	const report = await move(input, progress).finally(() => progress.end());
	answer(json, report, words(report, to));
}

/** Moves the site to PostgreSQL. */
export const command: Command = {
	summary: 'move the site from SQLite to PostgreSQL',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, OPTIONS);
		expect(positionals);
		if (values['take-back'] === (values.to !== undefined)) {
			throw new UsageError('Say where to with --to, or --take-back.');
		}
		if (values.to !== undefined) return moveTo(values.to, values['dry-run'], values.json);
		const mark = takeBack(config().databaseUrl);
		if (!mark) {
			const words = 'The move that was broken off is ended; the file is in service as before.';
			return answer(values.json, { outcome: 'ended' }, words);
		}
		const { target, movedAt } = mark;
		const warning = `What was written to ${target} since ${movedAt} is not in it. Make sure that nothing serves that one any more.`;
		answer(
			values.json,
			{ outcome: 'taken-back', target, movedAt },
			`The file is in service. ${warning}`
		);
	}
};
