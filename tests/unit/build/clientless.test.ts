import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clientless } from '../../../src/build/clientless.ts';

type Transform = (code: string, id: string) => { code: string } | undefined;

const { handler } = clientless().transform as unknown as { handler: Transform };
const KIT = 'node_modules/@sveltejs/kit/src';
const PAGE = `${KIT}/runtime/server/page`;

/** What stands in a file of our build, and does not stand there any more. */
const CHANGED = [
	{ id: '.svelte-kit/generated/root.js', now: "from '#lib/http/root.ts'", before: 'svelte/legacy' },
	{ id: `${PAGE}/load_data.js`, now: 'make_trackable = (url) => url;', before: ', make_trackable }' },
	{
		id: `${PAGE}/data_serializer.js`,
		now: 'export const server_data_serializer = () => ({',
		before: 'export function server_data_serializer('
	},
	{ id: `${PAGE}/render.js`, now: 'new Response(transformed || null', before: 'text(transformed' },
	{ id: `${PAGE}/csp.js`, now: "nonce = '';", before: 'nonce = generate_nonce()' },
	...['event.cookies.set', 'event.setHeaders'].map((name) => ({
		id: `${KIT}/runtime/server/respond.js`,
		now: `const ${name.replaceAll('.', '_')} = () => {`,
		before: `${name} = () => {`
	})),
	{ id: `${KIT}/exports/internal/event.js`, now: '=> hooks)', before: 'new hooks' }
];

describe('what SvelteKit does for a client', () => {
	it.each(CHANGED)('is left out of $id', ({ id, now, before }) => {
		const source = readFileSync(id, 'utf8');
		expect(source).toContain(before);
		const code = handler(source, id)?.code;
		expect(code).toContain(now);
		expect(code).not.toContain(before);
	});

	it('stops the build where it is no longer what it was', () => {
		const id = `${PAGE}/load_data.js`;
		expect(() => handler('export {};', id)).toThrow(`${id} has no import`);
	});
});
