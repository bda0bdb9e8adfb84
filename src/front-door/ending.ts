import type { ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import * as live from '../lib/server/live/live.ts';
import { log } from '../lib/server/log.ts';
import * as readiness from '../lib/server/monitoring/readiness.ts';
import type { FrontDoor } from './front-door.ts';

// Requests under way get this long to finish; a second signal does not wait.
const PATIENCE_MS = 10_000;
// And jobs and the database get this long after that. What a database that hangs does not finish by then was acknowledged to
// nobody; service managers kill after half a minute.
const CLOSING_MS = 15_000;

/** Tells who is answered on connections that are open already that they end with this answer. */
function keepNone({ server, underWay }: FrontDoor): void {
	for (const event of ['request', 'checkExpectation'] as const) {
		server.prependListener(event, (_request, response) => (response.shouldKeepAlive = false));
	}
	for (const response of underWay) response.shouldKeepAlive = false;
}

/** Waits until everybody has their answer, who reads slowly too. */
async function answered(underWay: FrontDoor['underWay']): Promise<void> {
	const closed = (response: ServerResponse) =>
		new Promise((resolve) => response.once('close', resolve));
	while (underWay.size > 0) await Promise.all([...underWay].map(closed));
}

/**
 * Ends the server on SIGTERM or SIGINT: whoever asks is told at once that it is not ready, and for
 * `drainSeconds` all else goes on; then no new requests, those under way answered and event streams,
 * which would never end by themselves, ended; then the rest closed, or left as it is where that takes too long.
 */
export function endOnSignals(
	door: FrontDoor,
	drainSeconds: number,
	close: () => Promise<void>
): void {
	const { server, underWay } = door;
	const finish = () => {
		live.end();
		const cutOff = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
		// HTTP's own `close` takes a connection for idle once its answer is made, and cuts off who still reads it.
		Listener.prototype.close.call(server, () => {
			clearTimeout(cutOff);
			setTimeout(() => {
				log('error', 'end.late', { seconds: CLOSING_MS / 1000 });
				process.exit(1);
			}, CLOSING_MS);
			close().then(
				() => process.exit(0),
				(error: unknown) => {
					log('error', 'end.failed', { message: String(error) });
					process.exit(1);
				}
			);
		});
		void answered(underWay).then(() => server.closeIdleConnections());
	};
	let ending = false;
	const end = () => {
		if (ending) process.exit(1);
		ending = true;
		readiness.end();
		keepNone(door);
		if (drainSeconds === 0) finish();
		else setTimeout(finish, drainSeconds * 1000);
	};
	process.on('SIGTERM', end);
	process.on('SIGINT', end);
}
