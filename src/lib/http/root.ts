import type { Component } from 'svelte';
import { render } from 'svelte/server';

/** What Svelte renders to HTML. */
type Rendering = Parameters<typeof render>[1];

/**
 * What SvelteKit renders pages with, in place of `svelte/legacy` (`build/clientless.ts`), which gives out
 * the same on an object that V8 keeps for long.
 */
export function asClassComponent(component: Component) {
	return {
		render(props: Record<string, unknown>, options?: Rendering) {
			const { head, body } = render(component, { ...options, props });
			return { head, html: body, css: { code: '', map: null } };
		}
	};
}
