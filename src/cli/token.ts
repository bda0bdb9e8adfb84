import * as tokens from '../lib/server/accounts/tokens.ts';
import { WrongUsage, type Command } from './command.ts';

/** `token create NAME` */
export const token: Command = {
	usage: 'create NAME',
	summary: 'make a bearer token for the API that acts as an account; it is shown once',
	options: {},
	async run({ words: [verb, name], database }) {
		if (verb !== 'create' || !name) throw new WrongUsage('Say create and the account’s name.');
		const made = await tokens.create(await database(), name);
		return { json: { token: made }, text: `${made}\n` };
	}
};
