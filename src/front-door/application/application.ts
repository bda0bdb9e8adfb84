import type { Server, SSRManifest } from '@sveltejs/kit';
import { fileURLToPath } from 'node:url';
import { sender, type SendFile } from './files.ts';

/** Where the build is (`build/adapter.ts`). */
const BUILD = new URL('../../../build/', import.meta.url);

/** What SvelteKit made of the routes, and the files of the browser. */
export interface Application {
	/** Has a request answered; `address` is the one that it came from. */
	respond(request: Request, address: string): Promise<Response>;
	/** Whether an address may be a file's. */
	mayBeFile(target: string): boolean;
	sendFile: SendFile;
}

async function built<Module>(name: string): Promise<Module> {
	return (await import(new URL(name, BUILD).href)) as Module;
}

/** Loads what was built, which opens the database. */
export async function loadApplication(): Promise<Application> {
	const { manifest } = await built<{ manifest: SSRManifest }>('server/manifest.js');
	const { Server: Made } = await built<{ Server: typeof Server }>('server/index.js');
	const server = new Made(manifest);
	await server.init({ env: process.env as Record<string, string> });
	const { appPath, assets } = manifest;
	return {
		mayBeFile: (target) =>
			target.startsWith(`/${appPath}/`) || assets.has(target.slice(1).replace(/\?.*/, '')),
		respond: (request, address) => server.respond(request, { getClientAddress: () => address }),
		sendFile: sender(fileURLToPath(new URL('client', BUILD)), `/${appPath}/immutable/`)
	};
}
