import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { piecesOf, plainMarkdown, rendered } from '#lib/server/transfer/bodies.ts';
import { mapCommentLinks } from '#lib/server/transfer/links.ts';

describe('pieces of a long text', () => {
	test('are cut between paragraphs, lines or words', () => {
		const text = `${'one '.repeat(20)}\n\n${'two '.repeat(20)}`;
		expect(piecesOf(text, 100)).toEqual([`${'one '.repeat(20)}`.trim(), 'two '.repeat(20)]);
	});

	test('hold every word, and none is too long', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme', maxLength: 400 }),
				fc.integer({ min: 8, max: 60 }),
				(text, most) => {
					const pieces = piecesOf(text, most);
					expect(pieces.every((piece) => piece.length <= most && piece.isWellFormed())).toBe(true);
					const bare = (words: string) => words.replace(/\s+/g, '');
					expect(bare(pieces.join(''))).toBe(bare(text));
				}
			)
		);
	});
});

describe('text that cannot be rendered', () => {
	test('is plain text, its words all there', () => {
		const { blocks, plain } = rendered(`${'> '.repeat(30)}deep [quote] *and* <b>bold</b>`);
		expect(plain).toBe(true);
		const html = blocks.map((block) => ('html' in block ? block.html : '')).join('');
		expect(html).toContain('deep [quote] *and* &lt;b&gt;bold&lt;/b&gt;');
	});

	test('can be rendered once it is plain, whatever it was', () => {
		fc.assert(
			fc.property(
				fc.string({
					unit: fc.constantFrom('>', ' ', '*', '_', '[', '`', 'a', '\n', '[quote'),
					maxLength: 600
				}),
				(text) => {
					expect(rendered(plainMarkdown(text)).plain).toBe(false);
				}
			)
		);
	});
});

describe('links to comments', () => {
	const ids: Record<string, string> = { '9': 'our-nine', 'a b': 'our-ab' };
	const map = (markdown: string, url = '') =>
		mapCommentLinks(markdown, url, (id) => Promise.resolve(ids[id] ?? null));

	test.each([
		['[x](/c/9)', '[x](/c/our-nine)'],
		['> [Ann said,](/c/9)\n> Words', '> [Ann said,](/c/our-nine)\n> Words'],
		['[x](/c/a%20b?y=1#z)', '[x](/c/our-ab)'],
		['[x](/c/8) and [y](/c/9)', '[x](/c/8) and [y](/c/our-nine)'],
		['[x](https://old.example/c/9)', '[x](https://old.example/c/9)'],
		['[x](/c/%)', '[x](/c/%)'],
		['(/c/9)', '(/c/9)']
	])('%j becomes %j', async (markdown, expected) => {
		expect(await map(markdown)).toBe(expected);
	});

	test("of the source's own address are its own", async () => {
		const markdown = '[x](https://old.example/c/9) [y](https://old.example.evil/c/9)';
		expect(await map(markdown, 'https://old.example/')).toBe(
			'[x](/c/our-nine) [y](https://old.example.evil/c/9)'
		);
	});
});
