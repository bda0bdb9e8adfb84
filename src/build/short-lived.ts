import type { Plugin } from 'vite';

const GENERATED_ROOT = /\.svelte-kit\/generated\/root\.js$/;
const LOADING = /@sveltejs\/kit\/src\/runtime\/server\/page\/load_data\.js$/;

/** What is asked for in place of what lets a page live on, in code that is not ours. */
const REPLACED = [
	{ id: GENERATED_ROOT, from: "'svelte/legacy'", to: "'#lib/http/root.ts'" },
	{
		id: LOADING,
		from: "import { disable_search, make_trackable } from '../../../utils/url.js';",
		to: "import { disable_search } from '../../../utils/url.js';\nconst make_trackable = (url) => url;"
	}
];

/** @throws {Error} when it is not there: SvelteKit has changed, and so must this. */
function replaced(code: string, id: string, { from, to }: { from: string; to: string }): string {
	if (!code.includes(from)) throw new Error(`${id} has no ${from} any more.`);
	return code.replace(from, to);
}

/**
 * Has each page go with the new objects that it is made of. V8 keeps an accessor that is defined on an object with
 * the object's shape, and shapes live until old objects are collected; so a closure that is defined as one keeps
 * all that it knows of. SvelteKit does so twice for each page: around what Svelte renders, in the shape that it
 * had with Svelte 4, and for the address of each load, of which it watches what is read. Only a client would ask
 * for that again, and no page ships one (`csr = false`).
 */
export function shortLived(): Plugin {
	return {
		name: 'afterword-short-lived',
		apply: 'build',
		transform: {
			filter: { id: REPLACED.map(({ id }) => id) },
			handler(code, id) {
				const replacement = REPLACED.find((one) => one.id.test(id));
				return replacement && { code: replaced(code, id, replacement), map: null };
			}
		}
	};
}
