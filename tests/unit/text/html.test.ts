import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '#lib/server/text/escape.ts';
import { htmlToMarkdown } from '#lib/server/text/html.ts';
import { NESTING_MAX } from '#lib/server/text/caps.ts';
import { renderMarkdown } from '#lib/server/text/render.ts';

describe('htmlToMarkdown', () => {
	it.each([
		['paragraphs', '<p>a</p>\n<p>b</p>', 'a\n\nb'],
		['breaks', 'a<br>b<br/><br>c', 'a  \nb\n\nc'],
		['white space', '<p>\n  a\n  b </p>', 'a b'],
		['emphasis', '<b>a</b> <em>b</em> <del>c</del>', '**a** *b* ~~c~~'],
		['emphasis and white space', 'a<b> b </b>c', 'a **b** c'],
		['empty emphasis', 'a<b></b><i> </i>b', 'a b'],
		['nested emphasis', '<b><strong>a</strong> <i>b</i></b>', '**a *b***'],
		['crossed emphasis', '<b>a <i>b</b> c</i>', '**a *b*** *c*'],
		['emphasis across paragraphs', '<b><p>a</p><p>b</p></b>', '**a**\n\n**b**'],
		['emphasis that Markdown cannot say', '<i>a</i><i>b</i>', 'ab'],
		[
			'links',
			'<a href="https://a.test/?b=1&amp;c=(">d [e]</a>',
			'[d \\[e\\]](<https://a.test/?b=1\\&c=(>)'
		],
		[
			'a link that is its text',
			'<a href="https://a.test/b">https://a.test/b</a>',
			'<https://a.test/b>'
		],
		['links to nowhere', '<a href="javascript:x">a</a> <a name=b>b</a>', 'a b'],
		['pictures', '<img src="https://a.test/b.png" alt="c">', '[c](https://a.test/b.png)'],
		[
			'pictures in links',
			'<a href="/c/1"><img src="https://a.test/b.png" alt="c"></a>',
			'[c](/c/1)'
		],
		['pictures from nowhere', '<img src="data:,x" alt="c">', 'c'],
		['media', '<iframe src="https://a.test/b">c</iframe>', '<https://a.test/b>'],
		['bullets', '<ul><li>a</li><li><p>b</p></li></ul>', '- a\n- b'],
		['numbers', '<ol start="3"><li>a<li value=7>b<li>c</ol>', '3. a\n7. b\n8. c'],
		['nested lists', '<ul><li>a<ul><li>b</ul><li>c</ul>', '- a\n  - b\n- c'],
		['neighbouring lists', '<ul><li>a</ul><ul><li>b</ul>', '- a\n\n* b'],
		['items without a list', '<li>a<li>b', '- a\n- b'],
		['quotes', '<blockquote><p>a</p><p>b</p></blockquote>c', '> a\n>\n> b\n\nc'],
		['neighbouring quotes', '<blockquote>a</blockquote><blockquote>b</blockquote>', '> a\n\n> b'],
		[
			'a quote of a comment',
			'<blockquote cite="/c/1" data-author="Al B">a</blockquote>',
			'> [Al B said,](/c/1)\n> a'
		],
		[
			'a quote of a person',
			'<blockquote data-author="Al *B*">a</blockquote>',
			'> Al \\*B\\* said,\n> a'
		],
		[
			'a quote of somebody',
			'<blockquote cite="/c/1">a</blockquote>',
			'> [Somebody said,](/c/1)\n> a'
		],
		['a quote from elsewhere', '<blockquote cite="https://a.test/b">a</blockquote>', '> a'],
		['an empty quote', '<blockquote data-author="Al"></blockquote>a', 'a'],
		['code', '<code>a`b</code> <code> </code>', '``a`b``'],
		['a block of code', '<pre><code>a\n  ```\n</code></pre>b', '````\na\n  ```\n````\n\nb'],
		['headings', '<h1>a</h1><h3>b #</h3>', '# a\n\n### b \\#'],
		['rules', 'a<hr>b', 'a\n\n___\n\nb'],
		['tables', '<table><tr><th>a<th>b<tr><td>c<td>d</table>', 'a | b  \nc | d'],
		['scripts and styles', '<script>a</script><style>b</style><title>c</title>d<!-- e -->', 'd'],
		['unknown elements', '<x-y>a</x-y> <constructor>b</constructor> <font>c</font>', 'a b c'],
		['entities', '&lt;b&gt; &amp;amp; &nbsp;&#146;&#x1F600;', '\\<b> \\&amp; \u00a0’😀'],
		['entities in parts', '&amp;<b></b>lt;', '\\&lt;'],
		['an unfinished document', '<p>a <b>b', 'a **b**']
	])('%s', (_, html, markdown) => {
		expect(htmlToMarkdown(html)).toBe(markdown);
	});

	it('of a comment has bold lines for headings, and plain line breaks', () => {
		expect(htmlToMarkdown('<h2>a</h2>b<br>c', { kind: 'comment' })).toBe('**a**\n\nb\nc');
	});

	it('nests no deeper than can be rendered', () => {
		for (const tag of ['blockquote', 'ul', 'ol']) {
			const html = `<${tag}><li>a`.repeat(100) + `</${tag}>`.repeat(100) + 'end';
			const markdown = htmlToMarkdown(html, { kind: 'comment' });
			expect(markdown.match(/a/g)?.length).toBe(100);
			expect(() => renderMarkdown(markdown)).not.toThrow();
		}
		const quotes = '<blockquote>'.repeat(NESTING_MAX);
		expect(htmlToMarkdown(`${quotes}a`)).toBe(`${'> '.repeat(NESTING_MAX)}a`);
	});
});

describe('escapeMarkdown', () => {
	it.each([
		['*a* _b_ c_d ~~e~~ `f`', '\\*a\\* \\_b\\_ c_d \\~\\~e\\~\\~ \\`f\\`'],
		['# a\n- b\n1. c\n> d\n===', '\\# a\n\\- b\n1\\. c\n\\> d\n\\==='],
		['[a](b) ![c](d) [sic]', '[a\\](b) ![c\\](d) [sic]'],
		['<b> &amp; < &', '\\<b> \\&amp; < &'],
		['see https://a.test/b_*c*_d', 'see https://a.test/b_*c*_d'],
		['5 - 3 = 2, #1', '5 - 3 = 2, #1'],
		['[a]: b', '\\[a]: b'],
		['    a', 'a']
	])('%j', (text, markdown) => {
		expect(escapeMarkdown(text)).toBe(markdown);
	});
});
