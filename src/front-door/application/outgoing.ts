import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Visit } from '../../lib/server/monitoring/visits.ts';
import { fieldsOf, type Fields } from './head.ts';

const EVENTS = 'text/event-stream';
const LENGTH = 'content-length';
const REQUEST_ID = 'x-request-id';
/** What Node calls it when nobody takes the rest of a stream. */
const GONE = 'ERR_STREAM_PREMATURE_CLOSE';

/** The bytes that were handed over for this answer; null where it brings its own, or none. */
export function handedOver({ status, headers }: Response, { body }: Visit): Buffer | null {
	const isOf = status !== 304 && headers.get(LENGTH) === String(body?.byteLength);
	return isOf ? (body ?? null) : null;
}

/** Sends what comes bit by bit. @throws what breaks it off, where that is not that nobody listens any more */
async function stream(response: ServerResponse, body: ReadableStream): Promise<void> {
	if (response.destroyed) return body.cancel();
	response.flushHeaders();
	const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
	try {
		await pipeline(source, response);
	} catch (error) {
		if ((error as { code?: unknown }).code !== GONE) throw error;
	}
}

/** Sends an answer of SvelteKit's to the one who asked. @throws what breaks it off, where that is not who asked */
export async function send(
	response: ServerResponse,
	answer: Response,
	{ visit, ofAll }: { visit: Visit; ofAll: Fields }
): Promise<void> {
	const fields = fieldsOf(answer, ofAll);
	if (!answer.headers.has(REQUEST_ID)) fields.push([REQUEST_ID, visit.id]);
	visit.isStream = answer.headers.get('content-type') === EVENTS;
	// nginx would wait for more of it than there is.
	if (visit.isStream) fields.push(['x-accel-buffering', 'no']);
	const bytes = handedOver(answer, visit);
	response.writeHead(answer.status, fields.flat());
	if (bytes !== null) response.end(bytes);
	else if (answer.body === null) response.end();
	else await stream(response, answer.body);
}
