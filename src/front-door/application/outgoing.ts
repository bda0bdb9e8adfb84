import type { ServerResponse } from 'node:http';
import type { Visit } from '../../lib/server/monitoring/visits.ts';
import { sendEvents } from './events.ts';
import { fieldsOf, type Fields } from './head.ts';

const EVENTS = 'text/event-stream';
const LENGTH = 'content-length';
const REQUEST_ID = 'x-request-id';

/** The bytes that were handed over for this answer; null where it brings its own, or none. */
export function handedOver({ status, headers }: Response, { body }: Visit): Buffer | null {
	const isOf = status !== 304 && headers.get(LENGTH) === String(body?.byteLength);
	return isOf ? (body ?? null) : null;
}

/** Waits until more can be sent, or nobody is there to take it. */
function drained(response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		const go = () => {
			response.off('drain', go).off('close', go);
			resolve();
		};
		response.on('drain', go).on('close', go);
	});
}

/** Sends what comes bit by bit; whoever has gone ends it. @throws what breaks it off */
async function stream(response: ServerResponse, body: ReadableStream<Uint8Array>): Promise<void> {
	const reader = body.getReader();
	const cancel = () => void reader.cancel().catch(() => {});
	if (response.destroyed) return cancel();
	response.once('close', cancel);
	response.flushHeaders();
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			if (!response.write(part.value)) await drained(response);
		}
		response.end();
	} catch (error) {
		response.destroy();
		throw error;
	}
}

/** Sends an answer of SvelteKit's to the one who asked. @throws what breaks it off, where that is not who asked */
export function send(
	response: ServerResponse,
	answer: Response,
	{ visit, ofAll }: { visit: Visit; ofAll: Fields }
): Promise<void> | void {
	const fields = fieldsOf(answer, ofAll);
	if (!answer.headers.has(REQUEST_ID)) fields.push([REQUEST_ID, visit.id]);
	visit.isStream = answer.headers.get('content-type') === EVENTS;
	// nginx would wait for more of it than there is.
	if (visit.isStream) fields.push(['x-accel-buffering', 'no']);
	if (visit.isStream && visit.events) return sendEvents(response, fields.flat(), visit);
	const bytes = handedOver(answer, visit);
	response.writeHead(answer.status, fields.flat());
	if (bytes !== null) response.end(bytes);
	else if (answer.body === null) response.end();
	else return stream(response, answer.body);
}
