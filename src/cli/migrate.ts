import type { Command } from './command.ts';

/** `migrate` */
export const migrate: Command = {
	usage: '',
	summary: 'bring the database to this version’s schema',
	options: {},
	async run({ database }) {
		await database();
		return { json: { done: true }, text: 'The schema is up to date.\n' };
	}
};
