import type { Database } from '../database/database.ts';
import { shared } from '../process.ts';
import { Watcher } from './watcher.ts';

interface Live {
	watcher: Watcher | null;
	/** Streams by network. */
	streams: Map<string, number>;
	isEnding: boolean;
}

function live(): Live {
	return shared('live', () => ({ watcher: null, streams: new Map(), isEnding: false }));
}

/** The process's one watcher. */
export function watcherOf(db: Database): Watcher {
	return (live().watcher ??= new Watcher(db));
}

/** How many streams each network has open in this process; the map itself, to be kept by `streams.ts`. */
export function openStreams(): Map<string, number> {
	return live().streams;
}

/** Whether the server ends: nobody begins to listen any more. */
export function isEnding(): boolean {
	return live().isEnding;
}

/** Ends all streams for good, because the server ends. */
export function end(): void {
	live().isEnding = true;
	live().watcher?.endAll();
}

/** The same database, whose every write makes the watcher look. */
export function heard(db: Database): Database {
	return {
		...db,
		async write(work) {
			const value = await db.write(work);
			live().watcher?.poke();
			return value;
		}
	};
}
