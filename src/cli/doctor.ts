import { config, ConfigError } from '../lib/server/config.ts';
import { open } from '../lib/server/database/open.ts';
import { examine, worst, type Diagnosis } from '../lib/server/doctor/doctor.ts';
import { wrong } from '../lib/server/doctor/finding.ts';
import { expect, read, type Command } from './command.ts';
import { assertReady } from './database.ts';
import { send } from './mail.ts';
import { answer, safe } from './terminal.ts';
import { wordsFor } from './words.ts';

const HELP = `Looks whether everything is as it should be: settings, rights of files, the database, disk,
mail, clock, staff. Says what is wrong in plain words, and how to mend it. The server may be
running.

  doctor [--full] [--mail ADDRESS]

  --full  reads the whole database for damage, however long that takes
  --mail  sends a mail there, to see whether it arrives
  --json  what was found, as JSON

The exit code is 1 if something is wrong, 0 if all is well or only worth a look.`;

const MARKS = { ok: '✓', warning: '!', wrong: '✗' };

interface Options {
	full: boolean;
	mail?: string;
}

function first(key: string, name: string, words: string, mend: string): Diagnosis {
	return { key, name, ...wrong(words, mend) };
}

/** What keeps everything else from being looked at. */
async function obstacles(): Promise<Diagnosis[]> {
	try {
		config();
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		const mend = 'npm run cli -- settings explains each.';
		return error.problems.map((problem) => first('settings', 'Settings', problem, mend));
	}
	try {
		await assertReady(config().databaseUrl, false);
		return [];
	} catch (error) {
		const words = safe(wordsFor(error));
		return [
			first('database', 'Database', words, 'Correct DATABASE_URL, or start the server once.')
		];
	}
}

async function sendTest(db: Awaited<ReturnType<typeof open>>, address: string): Promise<Diagnosis> {
	const key = 'test-mail';
	const name = 'Test mail';
	try {
		await send(db, address);
		const words = `The mail server took a mail to ${safe(address)}: look whether it arrives.`;
		return { key, name, state: 'ok', words, mend: '' };
	} catch (error) {
		return first(key, name, safe(wordsFor(error)), 'Correct MAIL_URL and MAIL_FROM.');
	}
}

async function look({ full, mail }: Options): Promise<Diagnosis[]> {
	const before = await obstacles();
	if (before.length > 0) return before;
	const db = await open(config().databaseUrl);
	try {
		const found = await examine({ config: config(), db, full });
		return mail === undefined ? found : [...found, await sendTest(db, mail)];
	} finally {
		await db.close();
	}
}

function lines({ state, name, words, mend }: Diagnosis): string {
	const text = `${MARKS[state]} ${name}: ${words}`;
	return mend === '' ? text : `${text}\n    ${mend}`;
}

/** Looks whether everything is as it should be. */
export const command: Command = {
	summary: 'look whether everything is as it should be, and say how to mend it',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {
			full: { type: 'boolean', default: false },
			mail: { type: 'string' }
		});
		expect(positionals);
		const found = await look(values);
		answer(values.json, { state: worst(found), found }, found.map(lines).join('\n'));
		if (worst(found) === 'wrong') process.exitCode = 1;
	}
};
