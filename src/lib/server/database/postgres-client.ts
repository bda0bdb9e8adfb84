import { Client } from 'pg';

/** Runs work on a connection to PostgreSQL of its own, which ends with it. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
	const client = new Client({ connectionString: url });
	// Whoever asks something is told of a lost connection; unheard, it would end the process.
	client.on('error', () => {});
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
