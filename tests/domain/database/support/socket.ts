import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a socket of the machine that leads to a PostgreSQL. @returns the address of the database by way of it */
export async function bySocket(url: string): Promise<{ url: string; close(): Promise<void> }> {
	const { hostname, port, username, pathname } = new URL(url);
	const directory = await mkdtemp(join(tmpdir(), 'afterword-socket-'));
	const server = createServer((client) => {
		const upstream = connect(Number(port), hostname);
		client.pipe(upstream).pipe(client);
		for (const one of [client, upstream]) one.on('error', () => {});
	});
	await once(server.listen(join(directory, '.s.PGSQL.5432')), 'listening');
	return {
		url: `postgres://${username}@${pathname}?host=${directory}`,
		async close() {
			server.close();
			await rm(directory, { recursive: true });
		}
	};
}
