import { loadDemo } from '../demo/load.ts';
import { expect, read, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { answer } from './terminal.ts';

const HELP = `TODO`;

/** Fills an empty database with a small newsroom. */
export const command: Command = {
	summary: 'fill an empty database with a small newsroom, or with a large one',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {});
		expect(positionals);
		const report = await withDatabase({ create: true }, loadDemo);
		answer(values.json, report, JSON.stringify(report));
	}
};
