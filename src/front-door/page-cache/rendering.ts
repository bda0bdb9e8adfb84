import type { Config } from '../../lib/server/config.ts';
import { current, within, type Visit } from '../../lib/server/monitoring/visits.ts';
import type { Application } from '../application/application.ts';
import { fieldsOf, headersOfAll } from '../application/head.ts';
import { handedOver } from '../application/outgoing.ts';
import type { Guest } from './guest.ts';

/** What SvelteKit answered to a guest who sent nothing but an address. */
export interface Rendering {
	status: number;
	/** By their names in lower case. */
	headers: { [name: string]: string };
	/** All that it sets; of them the headers hold the last. */
	cookies?: string[];
	body: Buffer;
}

/** What every rendering is asked as: nothing of a request's own headers can get into a page. */
const AS = { accept: 'text/html', 'user-agent': 'Afterword' };
const ADDRESS = '127.0.0.1';
// Whoever asked for it has gone meanwhile.
const NOBODY = 'nobody';

/** Makes the function that has SvelteKit render a page for all. */
export function renderer(application: Application, config: Config) {
	const origin = config.origin ?? 'http://localhost';
	const { host } = new URL(origin);
	const ofAll = headersOfAll(config);
	return async (target: string, { sort }: Guest): Promise<Rendering> => {
		const request = new Request(origin + target, { headers: { ...AS, host } });
		if (sort !== null) request.headers.set('cookie', `sort=${sort}`);
		const asker = current();
		const visit: Visit = { id: NOBODY, route: '', trace: null, isOver: false, ...asker };
		const answer = await within(visit, () => application.respond(request, ADDRESS));
		if (asker) asker.route = visit.route;
		return {
			status: answer.status,
			headers: Object.fromEntries(fieldsOf(answer, ofAll)),
			cookies: answer.headers.getSetCookie(),
			body: handedOver(answer, visit) ?? Buffer.from(await answer.arrayBuffer())
		};
	};
}
export type Render = ReturnType<typeof renderer>;
