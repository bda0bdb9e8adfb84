import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { traceBy } from '../lib/server/monitoring/tracing.ts';
import type { Visit } from '../lib/server/monitoring/visits.ts';
import { gather } from './metrics.ts';
import { createProbes, type Probes } from './probes.ts';
import { version } from './version.ts';
import { createVisits } from './visits.ts';

/** What watches over the requests of this process. */
export interface Watch extends Probes {
	/** Begins the visit of any other request. */
	begin(request: IncomingMessage, response: ServerResponse): Visit;
	/** Counts a kept page that is sent at once, which costs little more than counting. */
	count(request: IncomingMessage): void;
	/** Whether every request is logged or traced, so that none may only be counted. */
	isThorough: boolean;
}

/** Has this process count what it does, and tell those who ask; trace it, where that is set up. */
export async function createWatch(config: Config, db: Database): Promise<Watch> {
	const metrics = gather(config, db, version());
	if (config.traces !== null) {
		const { createTracer } = await import('./traces.ts');
		traceBy(createTracer(config.traces, version()));
	}
	return {
		...createProbes(config, db, metrics),
		begin: createVisits(config, metrics),
		count: ({ method }) => metrics.sent(method ?? ''),
		isThorough: config.logRequests || config.traces !== null
	};
}
