import { config } from '#lib/server/config.ts';
import { error } from '@sveltejs/kit';

/** For the load of a page that is of no use where no mail can be sent. @throws SvelteKit's error 404 there */
export function needsMail(): void {
	if (config().mail === null) error(404, 'There is no such page.');
}
