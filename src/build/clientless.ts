import type { Plugin } from 'vite';
import { replacing, type Replacement } from './replacing.ts';

const SERVER = '@sveltejs/kit/src/runtime/server/page';

const REPLACED: Replacement[] = [
	// Gives out what Svelte rendered in the shape that it had with Svelte 4, by accessors (see below).
	{
		id: /\.svelte-kit\/generated\/root\.js$/,
		from: "'svelte/legacy'",
		to: "'#lib/http/root.ts'"
	},
	// Watches what a load reads of its address, by accessors: a client would load again when it changes.
	{
		id: new RegExp(`${SERVER}/load_data\\.js$`),
		from: "import { disable_search, make_trackable } from '../../../utils/url.js';",
		to: "import { disable_search } from '../../../utils/url.js';\nconst make_trackable = (url) => url;"
	},
	// Writes out what was loaded, for a client to take the page over with.
	{
		id: new RegExp(`${SERVER}/data_serializer\\.js$`),
		from: 'export function server_data_serializer(event, event_state, options) {',
		to: `export const server_data_serializer = () => ({
	add_node() {},
	set_max_nodes() {},
	get_data: () => ({ data: '', chunks: null })
});
function unused(event, event_state, options) {`
	},
	// A body, with its stream, where the page was taken already (`transformPageChunk`).
	{
		id: new RegExp(`${SERVER}/render\\.js$`),
		from: '? text(transformed, {',
		to: '? new Response(transformed || null, {'
	},
	// A random number for each page, for the script that would start the client.
	{
		id: new RegExp(`${SERVER}/csp\\.js$`),
		from: 'nonce = generate_nonce();',
		to: "nonce = '';"
	},
	// Puts others in the place of functions that came with an object: V8 keeps both as it keeps accessors (see below).
	...['event.cookies.set', 'event.setHeaders'].map((name) => ({
		id: /@sveltejs\/kit\/src\/runtime\/server\/respond\.js$/,
		from: `${name} = () => {`,
		to: `const ${name.replaceAll('.', '_')} = () => {`
	})),
	// Copies the context of the request half a dozen times; ours is in `visits.ts`.
	{
		id: /@sveltejs\/kit\/src\/exports\/internal\/event\.js$/,
		from: '(als = new hooks.AsyncLocalStorage())',
		to: 'hooks'
	}
];

/**
 * Leaves out what SvelteKit does on the server for its client, of which no page ships one (`csr = false`), or for who
 * develops with it. Some of that was dearer than it looks. V8 keeps an accessor that is defined on an object with the
 * object's shape, and shapes live until old objects are collected; so a closure that is defined as one keeps all that
 * it knows of, here the request with its page, past each collection of new objects.
 */
export function clientless(): Plugin {
	return replacing('afterword-clientless', REPLACED);
}
