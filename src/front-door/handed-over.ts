import type { ServerResponse } from 'node:http';
import type { Visit } from '../lib/server/monitoring/visits.ts';

/** Whether an answer that ends without a body is the one of the page that was handed over. */
function isOf(response: ServerResponse, page: Buffer): boolean {
	const length = response.getHeader('content-length');
	return response.statusCode !== 304 && length === String(page.byteLength);
}

/** Has an answer end with the page that its visit was handed, where there is one. */
export function endWithPage(response: ServerResponse, visit: Visit): void {
	const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
	response.end = (...args: unknown[]) => {
		const { page } = visit;
		if (args.length > 0 || page === undefined || !isOf(response, page)) return end(...args);
		return end(page);
	};
}
