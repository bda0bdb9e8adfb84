import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import type { Visit } from '../lib/server/monitoring/visits.ts';
import { gather } from './metrics.ts';
import { createProbes } from './probes.ts';
import { begin } from './visits.ts';

/** What watches over the requests of this process. */
export interface Watch {
	/** Answers a request of those who watch over the process from outside; says whether it was one. */
	answer(request: IncomingMessage, response: ServerResponse): boolean;
	/** Begins the visit of any other request. */
	begin(request: IncomingMessage, response: ServerResponse): Visit;
}

function version(): string {
	const file = new URL('../../package.json', import.meta.url);
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Has this process count what it does, and tell those who ask. */
export function createWatch(config: Config, db: Database): Watch {
	const metrics = gather(config, db, version());
	return {
		answer: createProbes(config, db, metrics),
		begin(request, response) {
			metrics.begun();
			return begin(request, response, metrics.ended);
		}
	};
}
