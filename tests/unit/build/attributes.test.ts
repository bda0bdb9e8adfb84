import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from 'svelte/compiler';
import type { render as Render } from 'svelte/server';
import type { Component } from 'svelte';
import type { Plugin } from 'vite';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { attributes, withAttributesInPlace } from '../../../src/build/attributes.ts';

type Transform = (code: string, id: string) => { code: string };

const [escaping] = attributes() as [Plugin];
const { handler } = escaping.transform as unknown as { handler: Transform };
const SVELTE = path.resolve('node_modules/svelte/src');
const SERVER = pathToFileURL(path.join(SVELTE, 'internal/server/index.js')).href;

function compiled(source: string): string {
	return compile(source, { generate: 'server', filename: 'Test.svelte' }).js.code;
}

/** Texts with all that means something in HTML or JavaScript, and what is no text. */
const VALUES = [
	...['plain', '', 'a & b', '&amp;', '"quoted"', "'", '<b>', '`', '${1}', '\\', 'ö “ü”', '\n'],
	...[0, 12.5, true, false, null, undefined]
];

describe('attributes of several parts', () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'afterword-attributes-'));
	});
	afterAll(() => rm(folder, { recursive: true }));

	let files = 0;
	async function bodyOf(code: string, value: unknown): Promise<string> {
		const file = path.join(folder, `${files++}.mjs`);
		await writeFile(file, code.replace("'svelte/internal/server'", JSON.stringify(SERVER)));
		const { default: component } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
			default: Component<{ value: unknown }>;
		};
		const { render } = (await import(/* @vite-ignore */ SERVER)) as { render: typeof Render };
		return render(component, { props: { value } }).body;
	}

	test.each([
		['<a href="/c/{value}">x</a>', '<a href="/c/${$.escape(value, true)}">'],
		[
			'<a href="/c/{value}?/{value ? `)` : 2}">x</a>',
			'<a href="/c/${$.escape(value, true)}?/${$.escape(value ? `)` : 2, true)}">'
		],
		['<a href="?a={value}&amp;b={value}">x</a>', '?a=${$.escape(value, true)}&amp;b=$'],
		['<a title="say &quot;{value}&quot;">x</a>', 'say &quot;${$.escape(value, true)}&quot;"'],
		['<a title="back\\slash {value} ` ${x}">x</a>', 'back\\\\slash ${'],
		['<a title="tick ` {value}">x</a>', 'tick \\` ${'],
		['<a title="{value} dollar $">x</a>', '${$.escape(value, true)} dollar $"'],
		['<a title="x{`a${value}`}">x</a>', ' title="x${$.escape(`a${value}`, true)}"'],
		['<a title={`a${value}`}>x</a>', ' title="a${$.escape(`${value}`, true)}"'],
		['<a href={value} title="{value}">x</a>', `\${$$attribute(' title="', value)}`],
		['<a title={(() => { return value; })()}>x</a>', `\${$$attribute(' title="', (() => {`],
		['<a title={value ? `<a title="${value}">` : null}>x</a>', `\${$$attribute(' title="', value ? \``],
		['<a title={(x, value)} lang="😀{(x, value)}">x</a>', `lang="😀\${$.escape((x, value), true)}"`],
		['{#each [value] as attribute}<a title={attribute}>x</a>{/each}', `(' title="', attribute)}`],
		['{#if value}<p data-a={value}><b title="{value}!"></b></p>{/if}', ' title="${']
	])('are put together where they stand: %s', async (markup, written) => {
		const code = compiled(`<script>let { value, x } = $props();</script>${markup}`);
		const made = withAttributesInPlace(code);
		expect(made).toContain(written);
		for (const value of VALUES) expect(await bodyOf(made, value)).toBe(await bodyOf(code, value));
	});

	test.each([
		'<p hidden="un{value}">x</p>',
		'<p hidden={value}>x</p>',
		'<p translate="n{value}">x</p>',
		'<input disabled={value} />',
		'<p a`b={value} a\\b="{value}">x</p>',
		'<p {...value}>x</p>',
		'<p class="a {value}">{value}</p>'
	])('are left to Svelte where it knows more of them: %s', (markup) => {
		const code = compiled(`<script>let { value } = $props();</script>${markup}`);
		expect(withAttributesInPlace(code)).toBe(code);
	});
});

describe('what is escaped', () => {
	type Escape = (value: unknown, isAttribute?: boolean) => string;
	const id = path.join(SVELTE, 'escaping.js');
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'afterword-escaping-'));
	});
	afterAll(() => rm(folder, { recursive: true }));

	async function escapeOf(code: string, name: string): Promise<Escape> {
		const file = path.join(folder, name);
		await writeFile(file, code);
		const { escape_html } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
			escape_html: Escape;
		};
		return escape_html;
	}

	it('is the same', async () => {
		const source = await readFile(id, 'utf8');
		const asItWas = await escapeOf(source, 'before.mjs');
		const asItIs = await escapeOf(handler(source, id).code, 'after.mjs');
		for (const value of [...VALUES, '<&"<&"', 'end&', ['<'], { toString: () => '<' }]) {
			for (const isAttribute of [true, false, undefined]) {
				expect(asItIs(value, isAttribute)).toBe(asItWas(value, isAttribute));
			}
		}
		expect(asItIs('<a title="&">', true)).toBe('&lt;a title=&quot;&amp;&quot;>');
	});

	it('stops the build where Svelte is another', () => {
		expect(() => handler('export {};', id)).toThrow(`${id} has no`);
	});
});
