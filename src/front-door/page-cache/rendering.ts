import { inject, type DispatchFunc } from 'light-my-request';
import type { Config } from '../../lib/server/config.ts';
import { current, within, type Visit } from '../../lib/server/monitoring/visits.ts';
import type { Guest } from './guest.ts';

/** What SvelteKit answered to a guest who sent nothing but an address. */
export interface Rendering {
	status: number;
	headers: Record<string, string | string[]>;
	body: Buffer;
}

/** What every rendering is asked as: nothing of a request's own headers can get into a page. */
const AS = { accept: 'text/html', 'user-agent': 'Afterword' };
const ADDRESS = '127.0.0.1';
// Whoever asked for it has gone meanwhile.
const NOBODY = 'nobody';

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks = await Array.fromAsync(stream);
	return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/** Makes the function that has SvelteKit render a page for all. */
export function renderer(handler: DispatchFunc, config: Config) {
	const host = config.origin === null ? 'localhost' : new URL(config.origin).host;
	return async (target: string, { sort }: Guest): Promise<Rendering> => {
		const cookie = sort === null ? {} : { cookie: `sort=${sort}` };
		const asker = current();
		const visit: Visit = { id: NOBODY, route: '', trace: null, isOver: false, ...asker };
		const message = {
			url: target,
			remoteAddress: ADDRESS,
			headers: { ...AS, host, ...cookie },
			// Otherwise it makes a second copy of what is no page, and a string of it that nobody reads.
			payloadAsStream: true as const
		};
		// It begins when it is waited for.
		const answer = await within(visit, async () => await inject(handler, message));
		if (asker) asker.route = visit.route;
		const headers = answer.headers as Rendering['headers'];
		return {
			status: answer.statusCode,
			headers,
			body: visit.page ?? (await whole(answer.stream()))
		};
	};
}
export type Render = ReturnType<typeof renderer>;
