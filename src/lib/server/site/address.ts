import type { Config } from '../config.ts';

/** Where mail and programs are told that the site is: where no address is settled it is for this machine alone. */
export function siteAddress({ origin, port }: Pick<Config, 'origin' | 'port'>): string {
	return origin ?? `http://localhost${port === 0 ? '' : `:${port}`}`;
}
