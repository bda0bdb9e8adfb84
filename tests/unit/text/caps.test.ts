import { describe, expect, it } from 'vitest';
import {
	ARTICLE_MAX,
	assertRenderable,
	COMMENT_MAX,
	EMPHASIS_MAX,
	NESTING_MAX,
	OUTPUT_RATIO,
	QUOTE_TAGS_MAX,
	TextTooComplex,
	TextTooLong
} from '#lib/server/text/caps.ts';
import { htmlToMarkdown } from '#lib/server/text/html.ts';
import { parse } from '#lib/server/text/markdown.ts';
import { plainText } from '#lib/server/text/plain.ts';
import { renderMarkdown } from '#lib/server/text/render.ts';
import { bombs } from '../../fixtures/bombs.ts';

describe('the length', () => {
	it.each([
		['comment', COMMENT_MAX],
		['article', ARTICLE_MAX]
	] as const)('of a %s is at most %i', (kind, max) => {
		expect(() => renderMarkdown('a'.repeat(max), { kind })).not.toThrow();
		expect(() => renderMarkdown('a'.repeat(max + 1), { kind })).toThrow(TextTooLong);
		expect(() => assertRenderable('a'.repeat(max + 1), { kind })).toThrow(TextTooLong);
	});

	it('is told to the reader', () => {
		expect(() => renderMarkdown('a'.repeat(12_345))).toThrow(
			'This text is too long: it has 12,345 characters, and 10,000 are allowed.'
		);
	});
});

describe('nesting', () => {
	const quotes = (depth: number) => `${'> '.repeat(depth)}a`;
	const lists = (depth: number) =>
		Array.from({ length: depth }, (_, level) => `${'  '.repeat(level)}- a`).join('\n');
	const mixed = (depth: number) => `${'> - '.repeat(depth / 2)}a`;

	it.each([
		['quotes', quotes],
		['lists', lists],
		['quotes and lists', mixed]
	])('of %s ends at the limit', (_, nest) => {
		expect(renderMarkdown(nest(NESTING_MAX))).toContain('a');
		expect(() => renderMarkdown(nest(NESTING_MAX + 2))).toThrow(TextTooComplex);
		expect(() => renderMarkdown(nest(60))).toThrow(TextTooComplex);
	});

	it('of quotes is known before parsing', () => {
		expect(() => assertRenderable(quotes(NESTING_MAX))).not.toThrow();
		expect(() => assertRenderable(quotes(NESTING_MAX + 1))).toThrow(TextTooComplex);
		expect(() => assertRenderable('>'.repeat(NESTING_MAX + 1))).toThrow(TextTooComplex);
	});

	it('does not count what is code or stands within a line', () => {
		const arrows = '>'.repeat(20);
		expect(renderMarkdown(`\`\`\`\n${arrows}\n\`\`\``)).toContain('&gt;'.repeat(20));
		expect(renderMarkdown(`look ${arrows}`)).toContain('&gt;'.repeat(20));
	});

	it('of emphasis ends at the limit', () => {
		const stars = (depth: number) => `${'*'.repeat(depth)}a${'*'.repeat(depth)}`;
		expect(() => renderMarkdown(stars(2 * EMPHASIS_MAX))).not.toThrow();
		expect(() => renderMarkdown(stars(2 * EMPHASIS_MAX + 2))).toThrow(TextTooComplex);
	});
});

describe('amplification', () => {
	it('by definitions is refused', () => {
		const source = `[a]: /${'x'.repeat(1_000)}\n\n${'[a] '.repeat(1_000)}`;
		expect(() => renderMarkdown(source, { kind: 'article' })).toThrow(TextTooComplex);
		expect(renderMarkdown('[a]: /b\n\n[a] [a] [a]', { kind: 'article' })).toContain('href="/b"');
	});

	it('by quote tags is refused', () => {
		const tags = (count: number) => '[quote=a] b\n'.repeat(count);
		expect(() => assertRenderable(tags(QUOTE_TAGS_MAX))).not.toThrow();
		expect(() => assertRenderable(tags(QUOTE_TAGS_MAX + 1))).toThrow(TextTooComplex);
	});
});

/** What a bomb does: it is refused in words, or gives output in proportion. */
function expectProportion(text: string, kind: 'comment' | 'article'): void {
	let html: string;
	try {
		html = renderMarkdown(text, { kind });
	} catch (thrown) {
		if (thrown instanceof TextTooComplex || thrown instanceof TextTooLong) return;
		throw thrown;
	}
	expect(html.length).toBeLessThanOrEqual(text.length * OUTPUT_RATIO + 2_000);
	const blocks = parse(text, kind);
	const inline = blocks.reduce((count, { children }) => count + (children?.length ?? 0), 0);
	expect(blocks.length + inline).toBeLessThanOrEqual(text.length * 3 + 100);
	expect(plainText(text, { kind }).length).toBeLessThanOrEqual(text.length * 3 + 100);
}

// Quadratic work at these sizes would not end within the runner's time.
describe('bombs', () => {
	it('in comments', () => {
		for (const { text } of bombs(COMMENT_MAX)) expectProportion(text, 'comment');
	});

	it('in articles', () => {
		for (const { text } of bombs(10_000)) expectProportion(text, 'article');
	});

	it.each(['[', '*', '<', '`', '![', '> ', '- ', '[a](', '*a_', '[a]: /x\n', 'a\n'])(
		'of 50 kB of %j',
		(pattern) => {
			const text = pattern.repeat(50_000 / pattern.length);
			expect(() => renderMarkdown(text)).toThrow(TextTooLong);
			expectProportion(text, 'article');
		}
	);

	it('in HTML', () => {
		const tags = [
			'<b>',
			'</b>',
			'<a href=/>',
			'<ul>',
			'<li>',
			'<blockquote>a',
			'</ul>',
			'<p>',
			'<pre>'
		];
		const texts = [
			...bombs(10_000).map(({ text }) => text),
			...tags.map((tag) => tag.repeat(30_000 / tag.length)),
			...tags.map((tag) => tag.repeat(15_000 / tag.length) + '</blockquote></i>'.repeat(1_000)),
			'<b>a</b>'.repeat(4_000),
			'<a href="https://a.test/">a</a>!'.repeat(1_000),
			'<ul><li>a'.repeat(3_000),
			'<code>`</code>'.repeat(2_000)
		];
		for (const text of texts) {
			expect(htmlToMarkdown(text).length).toBeLessThanOrEqual(text.length * OUTPUT_RATIO + 2_000);
		}
	});
});
