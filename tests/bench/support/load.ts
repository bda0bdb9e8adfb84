import autocannon from 'autocannon';
import { newId } from '#lib/server/ids.ts';
import { processorTime } from './program.ts';

const SAMPLE_MS = 10;
// A server that others leave no processor time answers late, which is no failure of it.
const PATIENCE_S = 120;

/** What is asked, and how often. */
export interface Load {
	url: string;
	connections: number;
	amount: number;
	method?: 'GET' | 'POST';
	headers?: Record<string, string>;
	body?: string;
	/** Makes each request its own, e.g. with a new idempotency key. */
	vary?: (request: autocannon.Request) => autocannon.Request;
}

/** A page that is not kept: each of these has an address of its own, for a comment that there is not. */
export const unkept: Load['vary'] = (request) => ({
	...request,
	path: `${request.path?.replace(/\?.*/, '')}?c=${newId()}`
});

/** What a load came to. */
export interface Outcome {
	/** Answers a second by the clock. */
	rate: number;
	/** Processor time of the server for each answer, in milliseconds. */
	cost: number;
}

/**
 * Sends a load and measures it.
 * @throws {Error} when any answer is not a success: a figure of refusals says nothing.
 */
export async function measure(pid: number, load: Load): Promise<Outcome> {
	const { vary, ...rest } = load;
	const before = processorTime(pid);
	const start = performance.now();
	const result = await autocannon({
		// It ends with one of its samples, which are a second apart unless it is told otherwise.
		sampleInt: SAMPLE_MS,
		timeout: PATIENCE_S,
		...rest,
		...(vary ? { requests: [{ setupRequest: vary }] } : {})
	});
	const seconds = (performance.now() - start) / 1000;
	const failed = result.non2xx + result.errors + result.timeouts;
	if (failed > 0) {
		const { non2xx, errors, timeouts, statusCodeStats } = result;
		const how = JSON.stringify({ non2xx, errors, timeouts, statusCodeStats });
		throw new Error(`${failed} of ${load.amount} requests to ${load.url} failed: ${how}`);
	}
	return {
		rate: load.amount / seconds,
		cost: (processorTime(pid) - before) / load.amount
	};
}
