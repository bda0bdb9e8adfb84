import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as setup from '../lib/server/accounts/signing-up/setup.ts';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';

/** Opens the port and prints where the site is, and on a new site how to begin. */
export async function announce(server: Server, config: Config, db: Database): Promise<void> {
	server.listen(config.port, config.host);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const host = config.host.includes(':') ? `[${config.host}]` : config.host;
	const address = config.origin ?? `http://${host}:${port}`;
	if (await setup.isNeeded(db.read)) {
		const token = await setup.issueLink(db);
		console.log(`Make the first administrator (this link works once, for a day):`);
		console.log(`  ${address}/setup?token=${token}`);
		console.log('To look around first, stop this and start it with a demo: npm start -- --demo');
	}
	console.log(`Afterword is at ${address}`);
}
