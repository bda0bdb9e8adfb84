import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../../lib/server/config.ts';
import type { Visit } from '../../lib/server/monitoring/visits.ts';
import { handle } from '../handling.ts';
import { READING } from '../turned-away.ts';
import type { Application } from './application.ts';
import type { Fields } from './head.ts';
import { Incoming } from './incoming.ts';
import { send } from './outgoing.ts';

const OTHERS_THAN_PAGES = /application\/json|text\/event-stream/;

/** Gives an answer the headers that all have; where SvelteKit's own are sent, they take their place. */
export function secure(response: ServerResponse, ofAll: Fields, visit?: Visit): void {
	for (const [name, value] of ofAll) response.setHeader(name, value);
	if (visit) response.setHeader('x-request-id', visit.id);
}

/** Makes the function that has a request answered with a file, or by SvelteKit. */
export function answerer(application: Application, config: Config, ofAll: Fields) {
	// Not an async function: one that waits for the end of a stream would keep all that it knows of the request.
	const respond = (request: IncomingMessage, response: ServerResponse, visit: Visit) => {
		const origin = config.origin ?? `http://${request.headers.host}`;
		// Who asks for neither JSON nor a stream gets a page with its status; SvelteKit answers others with 200 whatever happened.
		if (!OTHERS_THAN_PAGES.test(request.headers.accept ?? '')) request.headers.accept = 'text/html';
		const address = request.socket.remoteAddress ?? '';
		return application
			.respond(new Incoming(request, origin, config.bodyLimit), address)
			.then((answer) => send(response, answer, { visit, ofAll }))
			.catch((error: unknown) => {
				if (!response.headersSent) secure(response, ofAll, visit);
				throw error;
			});
	};
	return (request: IncomingMessage, response: ServerResponse, visit: Visit): void => {
		// Nothing of ours is long enough to be had in parts.
		delete request.headers.range;
		const goOn = () => void handle((...both) => respond(...both, visit), request, response);
		const isReading = READING.includes(request.method ?? '');
		if (!isReading || !application.mayBeFile(request.url ?? '')) return goOn();
		secure(response, ofAll, visit);
		application.sendFile(request, response, goOn);
	};
}
