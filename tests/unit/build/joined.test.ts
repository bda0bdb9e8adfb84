import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { joined } from '../../../src/build/joined.ts';

type Transform = (code: string, id: string) => { code: string } | undefined;

const { handler } = joined().transform as unknown as { handler: Transform };
const SERVER = path.resolve('node_modules/svelte/src/internal/server');
const ID = path.join(SERVER, 'renderer.js');

interface Parts {
	push(content: string): void;
	child(fill: (parts: Parts) => void): void;
	component(fill: (parts: Parts) => void): void;
	head(fill: (parts: Parts) => void): void;
	title(fill: (parts: Parts) => void): void;
	select(attributes: object, fill: (parts: Parts) => void): void;
	option(attributes: object, fill: (parts: Parts) => void): void;
	boundary(
		props: { failed?: (parts: Parts, error: unknown) => void },
		fill: (parts: Parts) => void
	): void;
	on_destroy(act: () => void): void;
}
interface Rendered {
	head: string;
	body: string;
}
type Rendering = (
	component: (parts: Parts) => void,
	options?: { transformError(error: unknown): unknown }
) => Rendered;

describe('what Svelte renders', () => {
	let folder: string;
	let asItWas: Rendering;
	let asItIs: Rendering;

	/** Svelte's renderer, of this code, with everything around it. */
	async function rendererOf(code: string, name: string): Promise<Rendering> {
		const file = path.join(folder, name);
		const beside = (from: string) => pathToFileURL(path.resolve(SERVER, from)).href;
		await writeFile(
			file,
			code
				.replaceAll(/from '(\.[^']+)'/g, (_all, from: string) => `from '${beside(from)}'`)
				.replaceAll(/from '(esm-env|devalue)'/g, (_all, from: string) => {
					return `from '${import.meta.resolve(from)}'`;
				})
		);
		const { Renderer } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
			Renderer: { render: Rendering };
		};
		return (component, options) => {
			const { head, body } = Renderer.render(component, options);
			return { head, body };
		};
	}

	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'afterword-renderer-'));
		const source = readFileSync(ID, 'utf8');
		asItWas = await rendererOf(source, 'before.mjs');
		asItIs = await rendererOf(handler(source, ID)!.code, 'after.mjs');
	});
	afterAll(() => rm(folder, { recursive: true }));

	function page(parts: Parts): void {
		parts.push('one ');
		parts.head((head) => head.push('<title>'));
		parts.component((inner) => {
			inner.push('two ');
			inner.child((child) => child.push('three '));
			inner.head((head) => head.push('</title>'));
		});
		parts.push('four “ö”');
	}

	it('is the same', () => {
		expect(asItIs(page)).toEqual(asItWas(page));
		expect(asItIs(page).body).toContain('one two three four “ö”');
		expect(asItIs(page).head).toBe('<title></title>');
	});

	it('is the same of titles and choices, which are put together by themselves', () => {
		const form = (parts: Parts) => {
			parts.head((head) => head.title((title) => title.push('<title>First</title>')));
			parts.push('before ');
			parts.select({ value: 'two', name: 'n' }, (select) => {
				for (const word of ['one', 'two']) {
					select.option({}, (option) => {
						option.push('<!---->');
						option.child((child) => child.push(word));
						option.head((head) => head.push(`<meta ${word}>`));
					});
				}
			});
			parts.component((inner) => {
				inner.head((head) => {
					head.push('<link>');
					head.title((title) => title.child((child) => child.push('<title>Last</title>')));
				});
				inner.push(' after');
			});
		};
		expect(asItIs(form)).toEqual(asItWas(form));
		const { head, body } = asItIs(form);
		expect(body.replaceAll('<!---->', '')).toContain(
			'before <select name="n"><option>one</option><option selected="">two</option></select> after'
		);
		expect(head).toBe('<meta one><meta two><link><title>Last</title>');
	});

	it('is the same where something fails', () => {
		const failing = (parts: Parts) => {
			parts.head((head) => head.push('<link>'));
			parts.boundary({ failed: (failed, error) => failed.push(`failed: ${String(error)}`) }, (inner) => {
				inner.push('half');
				inner.head((head) => head.push('<meta>'));
				throw new Error('no');
			});
			parts.push(' after');
		};
		const options = { transformError: () => 'told' };
		expect(asItIs(failing, options)).toEqual(asItWas(failing, options));
		expect(asItIs(failing, options).body).toMatch(/failed: told.* after/);
		for (const render of [asItWas, asItIs]) {
			const ended = vi.fn();
			const broken = (parts: Parts) =>
				parts.component((inner) => {
					inner.on_destroy(ended);
					throw new Error('no');
				});
			expect(() => render(broken)).toThrow('no');
			expect(ended).toHaveBeenCalledOnce();
			// The next one knows nothing of it.
			expect(render(page).body).toContain('one two three four');
		}
	});

	it('lets a component see to its end', () => {
		const ended = vi.fn();
		const component = (parts: Parts) =>
			parts.component((inner) => {
				inner.push('here');
				inner.on_destroy(ended);
			});
		expect(asItIs(component)).toEqual(asItWas(component));
		expect(ended).toHaveBeenCalledTimes(2);
	});
});

it('stops the build where Svelte renders otherwise', () => {
	expect(() => handler('export {};', ID)).toThrow(`${ID} has no`);
});
