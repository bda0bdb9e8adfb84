import { readdirSync, statSync } from 'node:fs';
import { sqlitePath } from '#lib/server/database/sqlite.ts';
import type { Site } from '../../support/server.ts';
import { residentMemory } from '../support/program.ts';
import { KINDS, type Kind, type Load } from './load.ts';
import type { Readers } from './readers.ts';

const MB = 1024 * 1024;

/** How the server is at a moment, and how it answered since the one before. */
export interface Sample {
	/** Seconds since the load began. */
	at: number;
	/** Resident memory, in MB. */
	memory: number;
	/** Of which what JavaScript uses, in MB, rubbish that is not collected yet among it. */
	heap: number;
	/** What V8 keeps for it, in MB. */
	reserved: number;
	/** What hangs on it outside, in MB: buffers. */
	external: number;
	/** Open file descriptors, without the connections of the load itself. */
	descriptors: number;
	/** SQLite's write-ahead log, in MB; null on PostgreSQL, which minds its own. */
	wal: number | null;
	/** The 99th percentile of the event loop's lag, in milliseconds. */
	lag: number;
	/** Event streams that are open. */
	streams: number;
	/** The 99th percentile of each kind's answers, in milliseconds; null for none. */
	p99: Record<Kind, number | null>;
}

/** Reads figures of the running server by their names. */
async function figures(url: string): Promise<(name: string) => number> {
	const text = await (await fetch(`${url}/metrics`)).text();
	return (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

function p99(times: number[]): number | null {
	if (times.length === 0) return null;
	return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)];
}

function walOf(databaseUrl: string): number | null {
	if (!databaseUrl.startsWith('file:')) return null;
	return (statSync(`${sqlitePath(databaseUrl)}-wal`, { throwIfNoEntry: false })?.size ?? 0) / MB;
}

/** Looks at the server; takes the times of the load's answers. */
export async function sample(
	site: Site,
	load: Load,
	readers: Readers,
	at: number
): Promise<Sample> {
	const pid = site.process.pid!;
	const figure = await figures(site.url);
	const times = KINDS.map((kind) => [kind, p99(load.tallies[kind].times.splice(0))] as const);
	return {
		at,
		memory: residentMemory(pid),
		heap: figure('nodejs_heap_size_used_bytes') / MB,
		reserved: figure('nodejs_heap_size_total_bytes') / MB,
		external: figure('nodejs_external_memory_bytes') / MB,
		descriptors: readdirSync(`/proc/${pid}/fd`).length,
		wal: walOf(site.databaseUrl),
		lag: figure('nodejs_eventloop_lag_p99_seconds') * 1000,
		streams: readers.open(),
		p99: Object.fromEntries(times) as Record<Kind, number | null>
	};
}
