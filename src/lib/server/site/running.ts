import { config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { open } from '../database/open.ts';
import { heard } from '../live/live.ts';
import { observed } from '../monitoring/observed.ts';
import { shared } from '../process.ts';

/** The running server's database, opened at the first use and the same for everything in the process. */
export function database(): Promise<Database> {
	return shared('database', () => {
		const { databaseUrl, replicaUrls, listenUrl } = config();
		return open(databaseUrl, { replicaUrls, listenUrl }).then(heard).then(observed);
	});
}
