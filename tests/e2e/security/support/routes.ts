import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A route of the production build. */
export interface Route {
	/** As SvelteKit names it, `/c/[id]`. */
	id: string;
	/** The names of a page's form actions; null when it is no page. */
	actions: string[] | null;
	/** The methods of an endpoint, `fallback` among them. */
	methods: string[];
}

const BUILD = new URL('../../../../build/', import.meta.url);

// Run by itself, so that the server's modules stay out of the tests' process.
const LIST = `
const { manifest } = await import(process.argv[1]);
const actionsOf = async ({ leaf }) => {
	const { server } = await manifest._.nodes[leaf]();
	return Object.keys(server?.actions ?? {});
};
const routes = [];
for (const { id, page, endpoint } of manifest._.routes) {
	const methods = endpoint ? Object.keys(await endpoint()).filter((name) => /^([A-Z]+|fallback)$/.test(name)) : [];
	routes.push({ id, actions: page ? await actionsOf(page) : null, methods });
}
process.stdout.write(JSON.stringify(routes));
process.exit(0);
`;

/** Every route of the build that the server under test runs. */
export function routes(): Route[] {
	const manifest = fileURLToPath(new URL('server/manifest.js', BUILD));
	const args = ['--input-type=module', '--eval', LIST, manifest];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Route[];
}

/** A request that may change something: `POST /c/[id]?/edit`, `DELETE /api/v1/comments/[id]`. */
export interface Mutation {
	key: string;
	method: string;
	/** The route's id without groups, and the action. */
	path: string;
}

const SAFE = ['GET', 'HEAD', 'OPTIONS', 'fallback'];

function withoutGroups(id: string): string {
	return id.replace(/\/\([^)]*\)/g, '') || '/';
}

/** Everything by which the build can be asked to change something. */
export function mutations(all: readonly Route[]): Mutation[] {
	return all.flatMap(({ id, actions, methods }) => {
		const path = withoutGroups(id);
		const acts = (actions ?? []).map((action) => ({
			method: 'POST',
			path: action === 'default' ? path : `${path}?/${action}`
		}));
		const calls = methods
			.filter((method) => !SAFE.includes(method))
			.map((method) => ({ method, path }));
		return [...acts, ...calls].map((one) => ({ ...one, key: `${one.method} ${one.path}` }));
	});
}

/** Everything that can be read: the routes with a page or a GET, without groups. */
export function readable(all: readonly Route[]): { path: string; isPage: boolean }[] {
	return all
		.filter(({ actions, methods }) => actions !== null || methods.includes('GET'))
		.map(({ id, actions }) => ({ path: withoutGroups(id), isPage: actions !== null }));
}
