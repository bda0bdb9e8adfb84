import { Socket } from 'node:net';
import type { Client } from 'pg';
import { clientOf, type Servers } from './servers.ts';

const CONNECT_TIMEOUT_MS = 5000;
const QUERY_TIMEOUT_MS = 3000;

/** A connection to PostgreSQL that listens. */
export interface Ear {
	client: Client;
	/** What is under it: half a connection cannot be ended in any other way. */
	socket: Socket;
	/** Whether it was told to listen. */
	isListening: boolean;
	/** The proofs that have not been heard, and when each was committed. */
	unheard: Map<string, number>;
}

/** What is done with what is heard, and when there is nothing to be heard any more. */
export interface Reports {
	notified(ear: Ear, channel: string, payload: string): void;
	lost(ear: Ear, reason: string): void;
}

/** Makes a connection that listens once it is told to. */
export function openEar(servers: Servers, reports: Reports): Ear {
	const socket = new Socket();
	const client = new (clientOf(servers))({
		stream: () => socket,
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		query_timeout: QUERY_TIMEOUT_MS,
		keepAlive: true
	});
	const ear: Ear = { client, socket, isListening: false, unheard: new Map() };
	client.on('error', ({ message }) => reports.lost(ear, message));
	client.on('end', () => reports.lost(ear, 'The connection was ended.'));
	client.on('notification', ({ channel, payload = '' }) => reports.notified(ear, channel, payload));
	return ear;
}

/** Ends one, in a moment at most. */
export async function closeEar({ client, socket, isListening }: Ear): Promise<void> {
	const timer = setTimeout(() => socket.destroy(), QUERY_TIMEOUT_MS).unref();
	if (isListening) await client.end();
	clearTimeout(timer);
	socket.destroy();
}
