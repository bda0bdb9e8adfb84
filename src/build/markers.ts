import type { Plugin } from 'vite';

// What Svelte writes around blocks, so that a browser which takes a page over finds them again.
const MARKERS = /<!--(?:\[(?:!|-?\d+)?|\])?-->/g;
// HTML that is there already is marked while the page is written.
const MARKED_HTML = /\$\.html\(/g;
const EMPTY_PUSH = /\$\$renderer\d*\.push\((?:''|""|``)\);/g;

/** A compiled component without the marks of its blocks. */
export function withoutMarkers(code: string): string {
	return code.replace(MARKERS, '').replace(MARKED_HTML, '$$.stringify(').replace(EMPTY_PUSH, '');
}

/**
 * Leaves out of the server's components the marks that only a client of Svelte's would read, and no page
 * ships one (`csr = false`): a page of comments is a fifth shorter, and cheaper to put together.
 */
export function unmarked(): Plugin {
	return {
		name: 'afterword-unmarked',
		enforce: 'post',
		transform: {
			filter: { id: /\.svelte$/ },
			handler: (code) => ({ code: withoutMarkers(code), map: null })
		}
	};
}
