import { readFileSync } from 'node:fs';
import { compile } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { withoutMarkers } from '../../../src/build/markers.ts';

const COMPONENT = `
	<script>let { name, lines } = $props();</script>
	{#if name}<b>{name}</b>{:else if lines}<i>-</i>{/if}
	{#each lines as line}<p>{line}</p>{:else}<p>Nothing.</p>{/each}
	{#key name}<u>{name}</u>{/key}`;

function compiled(source: string): string {
	return compile(source, { generate: 'server', filename: 'Test.svelte' }).js.code;
}

describe('markers of blocks', () => {
	it('are left out of what the server writes, and nothing else is', () => {
		const code = compiled(COMPONENT);
		expect(code).toMatch(/<!--\[/);
		const bare = withoutMarkers(code);
		expect(bare).not.toContain('<!--');
		for (const kept of ['<b>', '</b>', '<i>-</i>', '<p>', 'Nothing.', '<u>', '</u>']) {
			expect(bare).toContain(kept);
		}
	});

	it('are left out of a component with scripts', () => {
		const bare = withoutMarkers(compiled(readFileSync('src/lib/components/ui/Pager.svelte', 'utf8')));
		expect(bare).not.toContain('<!--');
	});

	it('are left out around HTML, which stays', () => {
		const bare = withoutMarkers(compiled('<script>let { html } = $props();</script><p>{@html html}</p>'));
		expect(bare).not.toContain('.html(');
		expect(bare).toContain('<p>${$.stringify(html)}</p>');
	});

	it('are no comments of somebody else', () => {
		expect(withoutMarkers('<!-- a --><!--b-->')).toBe('<!-- a --><!--b-->');
	});
});
