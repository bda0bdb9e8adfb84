import { isServerOnly } from '#lib/http/server-only.ts';
import type { Transport } from '@sveltejs/kit';

/** How loaded data would cross to a browser: not at all, where a page says so. */
export const transport: Transport = {
	ServerOnly: {
		encode: (value) => isServerOnly(value) && 'server-only',
		decode: () => null
	}
};
