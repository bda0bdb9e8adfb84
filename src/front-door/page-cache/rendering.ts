import { inject, type DispatchFunc } from 'light-my-request';
import type { Config } from '../../lib/server/config.ts';
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

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks = await Array.fromAsync(stream);
	return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/** Makes the function that has SvelteKit render a page for all. */
export function renderer(handler: DispatchFunc, config: Config) {
	const host = config.origin === null ? 'localhost' : new URL(config.origin).host;
	return async (target: string, { sort }: Guest): Promise<Rendering> => {
		const cookie = sort === null ? {} : { cookie: `sort=${sort}` };
		const answer = await inject(handler, {
			method: 'GET',
			url: target,
			remoteAddress: ADDRESS,
			headers: { ...AS, host, ...cookie },
			// Otherwise it makes a second copy of the page, and a string of it that nobody reads.
			payloadAsStream: true
		});
		const headers = answer.headers as Rendering['headers'];
		return { status: answer.statusCode, headers, body: await whole(answer.stream()) };
	};
}
export type Render = ReturnType<typeof renderer>;
