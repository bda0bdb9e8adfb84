import { SETTINGS } from '../lib/server/config.ts';
import type { Command } from './command.ts';

/** A setting's value without the password that a database's address may hold. */
function shown(value: string): string {
	return value.replace(/(:\/\/[^:/@]+:)[^@]*@/, '$1…@');
}

/** `settings` */
export const settings: Command = {
	usage: '',
	summary: 'list the environment variables that are read, with their values',
	options: {},
	async run() {
		const list = SETTINGS.map(({ name, fallback, meaning }) => {
			const value = process.env[name]?.trim();
			return { name, value: shown(value || fallback), set: Boolean(value), meaning };
		});
		const text = list.map(
			({ name, value, set, meaning }) =>
				`${name}=${value}${set ? '' : ' (default)'}\n  ${meaning}\n`
		);
		return { json: list, text: text.join('') };
	}
};
