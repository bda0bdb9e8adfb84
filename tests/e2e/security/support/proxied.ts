import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../support/server.ts';

/** The public address of the site behind the proxy that is not there. */
export const PUBLIC_ORIGIN = 'https://talk.example.org';

/** A server as it runs behind a proxy that speaks https. */
export interface Proxied {
	/** Where the proxy would reach it. */
	url: string;
	databaseUrl: string;
	output(): string;
	stop(): Promise<void>;
}

/** A port of this machine on which nothing listens. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** Starts the production server with a public address of its own. @throws {Error} when it ends before it is ready */
export async function startProxied(env: NodeJS.ProcessEnv = {}): Promise<Proxied> {
	const directory = await mkdtemp(join(tmpdir(), 'afterword-proxied-'));
	const databaseUrl = `file:${join(directory, 'afterword.db')}`;
	const port = await freePort();
	const settings = {
		...{ ORIGIN: PUBLIC_ORIGIN, PORT: String(port) },
		// As on the sites of the other tests.
		...{ RATE_LIMITS: 'off', STAFF_SECOND_FACTOR: 'off' }
	};
	const child = spawn(process.execPath, ['src/server.ts'], {
		cwd: root,
		env: { ...process.env, HOST: '127.0.0.1', DATABASE_URL: databaseUrl, ...settings, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	process.once('exit', () => child.kill('SIGKILL'));
	let output = '';
	const ended = once(child, 'close');
	await new Promise<void>((resolve, reject) => {
		const read = (text: Buffer) => {
			output += text.toString();
			if (output.includes(`Afterword is at ${PUBLIC_ORIGIN}`)) resolve();
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('close', () => reject(new Error(`The server ended:\n${output}`)));
	});
	return {
		url: `http://127.0.0.1:${port}`,
		databaseUrl,
		output: () => output,
		async stop() {
			child.kill('SIGTERM');
			await ended;
			await rm(directory, { recursive: true, force: true });
		}
	};
}
