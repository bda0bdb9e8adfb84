import type { Plugin } from 'vite';
import { replacing, type Replacement } from './replacing.ts';

const RENDERER = /\/svelte\/src\/internal\/server\/renderer\.js$/;

const REPLACED: Replacement[] = [
	{
		id: RENDERER,
		from: `	#collect_content(content = { head: '', body: '' }) {
		for (const item of this.#out) {
			if (typeof item === 'string') {
				content[this.type] += item;
			} else if (item instanceof Renderer) {
				item.#collect_content(content);
			}
		}

		return content;
	}`,
		to: `	#collect_content() {
		const parts = { head: [], body: [] };
		this.#collect_parts(parts);
		return { head: parts.head.join(''), body: parts.body.join('') };
	}

	#collect_parts(parts) {
		const own = parts[this.type];
		for (const item of this.#out) {
			if (typeof item === 'string') own.push(item);
			else if (item instanceof Renderer) item.#collect_parts(parts);
		}
	}`
	},
	{
		id: RENDERER,
		from: '(this.#on_destroy ??= []).push(fn);',
		to: '(this.#on_destroy ??= []).push(fn);\n\t\tthis.global.destroys = true;'
	},
	// The first of two: pages are rendered at once, not step by step.
	{
		id: RENDERER,
		from: 'renderer.#run_on_destroy(failed);',
		to: 'if (renderer.global.destroys) renderer.#run_on_destroy(failed);'
	}
];

/**
 * Has Svelte join the parts of a page in one go. Added one by one they are a tree of thousands of texts, which V8 takes
 * apart again when the page becomes bytes. Nor are all parts gone through for what is to be done
 * when a component goes, where none asked for it. A first page of a discussion costs a twelfth less.
 */
export function joined(): Plugin {
	return replacing('afterword-joined', REPLACED);
}
