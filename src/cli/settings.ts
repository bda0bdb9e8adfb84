import { readConfig, SETTINGS, type Setting } from '../lib/server/config.ts';
import { NEXT_ADDRESS } from '../lib/server/database/addresses.ts';
import { expect, read, type Command } from './command.ts';
import { answer, safe } from './terminal.ts';

const HELP = `Lists every setting: its value, its default and what it means. Settings are environment
variables. Passwords in them are not shown.

  settings

  --json  the list as JSON`;

const SECRET_NAME = /SECRET|PASSWORD|TOKEN|HEADERS|(?:^|_)KEY$/;
const SECRET_PARAMETER = /([?&][^=&#]*(?:password|secret|token|key)[^=&#]*=)[^&#]*/gi;
const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*?):[^/?#]*@/i;
const HIDDEN = '***';

/** A setting's value without what is secret in it. */
export function masked(name: string, value: string): string {
	if (value === '') return '';
	if (SECRET_NAME.test(name)) return HIDDEN;
	const list = value.split(NEXT_ADDRESS);
	if (list.length > 1) return list.map((one) => masked(name, one)).join(',');
	// To the last "@": a password may have one in it.
	const withoutPassword = value.replace(USER_INFO, (whole, before: string) =>
		whole.endsWith('@') ? `${before}:${HIDDEN}@` : whole
	);
	return withoutPassword.replace(SECRET_PARAMETER, `$1${HIDDEN}`);
}

function shown({ name, fallback, meaning }: Setting) {
	const given = process.env[name]?.trim() ?? '';
	return { name, value: masked(name, given || fallback), default: fallback, meaning };
}

function words(setting: ReturnType<typeof shown>): string {
	const { name, value, meaning } = setting;
	const byDefault =
		value === setting.default ? ' (default)' : `  (default: ${setting.default || 'none'})`;
	return `${name}=${safe(value)}${byDefault}\n    ${meaning}`;
}

/** Lists the settings. */
export const command: Command = {
	summary: 'list every setting with its value and meaning',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {});
		expect(positionals);
		const list = SETTINGS.map(shown);
		answer(values.json, list, list.map(words).join('\n'));
		// What is wrong is said after what there is.
		readConfig(process.env);
	}
};
