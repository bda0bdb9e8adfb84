import type { Config } from '#lib/server/config.ts';

/** Where programs are told that the site is: where no address is settled it is for this machine alone. */
export function siteAddress({ origin, port }: Pick<Config, 'origin' | 'port'>): string {
	return origin ?? `http://localhost${port === 0 ? '' : `:${port}`}`;
}

/** A path of the site as a whole address, in the letters that addresses have. */
export function absolute(origin: string, path: string): string {
	return new URL(path, origin).href;
}
