import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shortLived } from '../../../src/build/short-lived.ts';

type Transform = (code: string, id: string) => { code: string } | undefined;

const { handler } = shortLived().transform as unknown as { handler: Transform };
const LOADING = 'node_modules/@sveltejs/kit/src/runtime/server/page/load_data.js';

describe('what lets a page live on in code that is not ours', () => {
	it('is replaced where a load gets its address', () => {
		const code = handler(readFileSync(LOADING, 'utf8'), LOADING)?.code;
		expect(code).toContain('const make_trackable = (url) => url;');
		expect(code).not.toMatch(/import \{[^}]*make_trackable/);
	});

	it('is replaced around the page', () => {
		const root = readFileSync('.svelte-kit/generated/root.js', 'utf8');
		const code = handler(root, '.svelte-kit/generated/root.js')?.code;
		expect(code).toContain("from '#lib/http/root.ts'");
		expect(code).not.toContain('svelte/legacy');
	});

	it('stops the build where it is no longer what it was', () => {
		expect(() => handler('export {};', LOADING)).toThrow(`${LOADING} has no import`);
	});
});
