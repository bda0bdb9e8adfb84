import { withClient } from '#lib/server/database/postgres-client.ts';

/** Ends the connections that listen for changes in a database, as its administrator might. */
export async function endListening(url: string): Promise<void> {
	const isListening = `datname = current_database() and query like 'select count%pg_trigger%'`;
	await withClient(url, (client) =>
		client.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${isListening}`)
	);
}
