import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Encoded } from '../../lib/server/live/events.ts';
import type { Sink } from '../../lib/server/live/source.ts';
import type { Visit } from '../../lib/server/monitoring/visits.ts';

const NOTHING = Buffer.alloc(0);

// A fault of a connection ends it, and that is all there is to it.
function ignore(): void {}

function finish(this: Socket): void {
	this.destroySoon();
}

// Browsers say nothing more on such a connection, and nobody is read from for ever.
function hangUp(this: Socket): void {
	this.destroy();
}

/**
 * Has Node's HTTP let go of the connection of an answer that has begun, as of one that becomes a WebSocket: of its
 * parser, which takes 10 kB, and of what it knows of request and answer. Whoever still sends something is hung up
 * on. Null where it does not let go, as when more was asked for on the connection meanwhile.
 */
function release(response: ServerResponse): Socket | null {
	const { req: request, socket } = response;
	if (!socket || socket.isPaused() || !request.complete) return null;
	const { server } = socket as Socket & { server?: NodeJS.EventEmitter };
	let released: Socket | null = null;
	const take = (_request: unknown, given: Socket) => (released = given);
	server?.once('upgrade', take);
	// What Node asks of a request when it has read something.
	(request as { upgrade?: boolean }).upgrade = true;
	socket.emit('data', NOTHING);
	server?.off('upgrade', take);
	if (!released) return null;
	response.detachSocket(socket);
	return socket.on('error', ignore).on('end', finish).on('data', hangUp);
}

/** A connection on which events are sent, or an answer that Node did not let go of. */
class Wire implements Sink {
	readonly #connection: Socket | ServerResponse;

	constructor(connection: Socket | ServerResponse) {
		this.#connection = connection;
	}

	get waiting(): number {
		return this.#connection.writableLength;
	}

	write(event: Encoded): void {
		this.#connection.write(event);
	}

	end(): void {
		// Whoever takes nothing would have it wait for ever.
		if (this.waiting > 0) this.#connection.destroy();
		else if (this.#connection instanceof Socket) this.#connection.destroySoon();
		else this.#connection.end();
	}
}

/**
 * Sends the events that were handed over, until the reader goes or there are no more. A thousand open pages have such
 * a connection each, which mostly waits: so nothing is kept but the connection, and its end ends the answer.
 */
export function sendEvents(response: ServerResponse, head: string[], visit: Visit): void {
	const { events } = visit;
	visit.events = undefined;
	if (!events || response.destroyed) return;
	response.shouldKeepAlive = false;
	response.removeHeader('transfer-encoding');
	response.writeHead(200, head);
	response.flushHeaders();
	const socket = release(response);
	const connection = socket ?? response;
	connection.on('close', events(new Wire(connection)));
	if (!socket) return;
	visit.connection = socket;
	response.emit('close');
}
