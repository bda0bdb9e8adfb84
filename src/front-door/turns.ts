import type { IncomingMessage, ServerResponse } from 'node:http';

/** What takes a request. */
export type Taker = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Has each request of a connection wait until those before it are answered and read. Node hands over all that came at once,
 * and keeps the answers: 64 kB of requests, by who reads none of it, would take 600 MB.
 * @param onWaiting is told of each that has to wait
 */
export function inTurn(take: Taker, onWaiting: (response: ServerResponse) => void): Taker {
	return (request, response) => {
		if (response.socket !== null) return take(request, response);
		onWaiting(response);
		const go = () => {
			if (!response.destroyed) take(request, response);
		};
		// What Node has to say first (100 Continue) goes out in between.
		response.once('socket', () => process.nextTick(go));
	};
}
