import type { IncomingMessage, ServerResponse } from 'node:http';
import { stackOf } from '../lib/server/faults.ts';
import { log } from '../lib/server/log.ts';
import { turnAway } from './turned-away.ts';

/** What answers a request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Has a request answered. A fault that nobody else answers for ends it, and not the process; `event` names it in the log. */
export async function handle(
	handler: Handler,
	request: IncomingMessage,
	response: ServerResponse,
	event = 'request.failed'
): Promise<void> {
	try {
		await handler(request, response);
	} catch (error) {
		log('error', event, { stack: stackOf(error) });
		if (response.headersSent) response.destroy();
		else turnAway(response, 500);
	}
}
