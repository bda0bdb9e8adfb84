import { config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { open } from '../database/open.ts';
import { heard } from '../live/live.ts';
import { observed } from '../monitoring/observed.ts';
import { shared } from '../process.ts';
import { Revisions } from './revisions.ts';

/** The running server's database, opened at the first use and the same for everything in the process. */
export function database(): Promise<Database> {
	return shared('database', () => {
		const { databaseUrl, replicaUrls, listenUrl } = config();
		return open(databaseUrl, { replicaUrls, listenUrl }).then(heard).then(observed);
	});
}

/** What says whether pages and readings of the running server are true still. */
export async function revisions(): Promise<Revisions> {
	const db = await database();
	return shared('revisions', () => new Revisions(db));
}
