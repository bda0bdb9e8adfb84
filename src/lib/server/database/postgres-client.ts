import type { Client } from 'pg';
import { clientOf, Servers } from './servers.ts';

/** Runs work on a connection to PostgreSQL of its own, which ends with it. @throws {NoPrimary} */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
	const client = new (clientOf(new Servers(url)))();
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
