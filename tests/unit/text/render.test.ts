import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '#lib/server/text/render.ts';

const REL = 'rel="nofollow ugc noopener"';

describe('a comment', () => {
	it.each([
		['paragraphs and single line breaks', 'a\nb\n\nc', '<p>a<br>\nb</p>\n<p>c</p>\n'],
		[
			'emphasis',
			'*a* **b** ~~c~~ _d_',
			'<p><em>a</em> <strong>b</strong> <s>c</s> <em>d</em></p>\n'
		],
		['code', '`a<b`', '<p><code>a&lt;b</code></p>\n'],
		['fenced code', '```js\na\n```', '<pre><code>a\n</code></pre>\n'],
		['words after a fence', '```some words\na\n```', '<pre><code>some words\na\n</code></pre>\n'],
		['a number sign', '# 1 of 2', '<p># 1 of 2</p>\n'],
		['a line of dashes under a line', 'a\n---\nb', '<p>a</p>\n<hr>\n<p>b</p>\n'],
		['an indented line', 'a\n\n    b', '<p>a</p>\n<p>b</p>\n'],
		['a table', '|a|\n|-|', '<p>|a|<br>\n|-|</p>\n'],
		['a bullet list', '- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
		['a list with parentheses', '1) a\n2) b', '<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n'],
		['a list that begins later', '3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'],
		[
			'a list that leaves out',
			'2) a\n4) b',
			'<ol start="2">\n<li>a</li>\n<li value="4">b</li>\n</ol>\n'
		],
		['a list to be counted', '1. a\n1. b', '<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n'],
		['a quote', '> a\n\nb', '<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>\n'],
		['HTML', '<b>a</b> & <', '<p>&lt;b&gt;a&lt;/b&gt; &amp; &lt;</p>\n'],
		['quotation marks', '"a" \'b\'', '<p>"a" \'b\'</p>\n'],
		['an entity', '&lt;b&gt;&copy;', '<p>&lt;b&gt;©</p>\n'],
		['a link', '[a](/c/1)', '<p><a href="/c/1">a</a></p>\n'],
		['a link away', '[a](https://b.test)', `<p><a href="https://b.test/" ${REL}>a</a></p>\n`],
		[
			'a link with a title',
			'[a](https://b.test "c & \\"d\\"")',
			`<p><a href="https://b.test/" title="c &amp; &quot;d&quot;" ${REL}>a</a></p>\n`
		],
		['a link to nowhere', '[a]() [b](javascript:c)', '<p>a [b](javascript:c)</p>\n'],
		['a link without text', '[](/c/1)', '<p><a href="/c/1">/c/1</a></p>\n'],
		[
			'a picture',
			'![a *b*](https://c.test/d)',
			`<p><a href="https://c.test/d" ${REL}>a *b*</a></p>\n`
		],
		['a picture without words', '![](/d)', '<p><a href="/d">/d</a></p>\n'],
		['a picture in a link', '[![a](https://b.test)](/c/1)', '<p><a href="/c/1">a</a></p>\n'],
		[
			'a web address',
			'https://a.test/b.',
			`<p><a href="https://a.test/b" ${REL}>https://a.test/b</a>.</p>\n`
		],
		['a bare host', 'www.a.com', `<p><a href="http://www.a.com/" ${REL}>www.a.com</a></p>\n`],
		['no bare host', 'the end.So it is, e.g. read.me', '<p>the end.So it is, e.g. read.me</p>\n'],
		['a mail address', 'a@b.com', '<p><a href="mailto:a@b.com">a@b.com</a></p>\n'],
		[
			'an autolink',
			'<https://a.test>',
			`<p><a href="https://a.test/" ${REL}>https://a.test</a></p>\n`
		],
		['a definition', '[1]: /a\n\n[1]', '<p>[1]: /a</p>\n<p>[1]</p>\n'],
		[
			'an encoded address as typed',
			'https://a.test/%E2%80%AE',
			`<p><a href="https://a.test/%E2%80%AE" ${REL}>https://a.test/%E2%80%AE</a></p>\n`
		],
		[
			'another host in the text',
			'[example.com](http://evil.test)',
			`<p><a href="http://evil.test/" ${REL}>example.com</a> <bdi>(evil.test)</bdi></p>\n`
		],
		[
			'another host in emphasised text',
			'[**example**.com](http://evil.test)',
			`<p><a href="http://evil.test/" ${REL}><strong>example</strong>.com</a> <bdi>(evil.test)</bdi></p>\n`
		],
		[
			'an international host',
			'https://münchen.de',
			`<p><a href="https://xn--mnchen-3ya.de/" ${REL}>https://münchen.de</a> <bdi>(xn--mnchen-3ya.de)</bdi></p>\n`
		],
		['control characters', 'a\u0000\r\nb\ud800', '<p>a<br>\nb\ufffd</p>\n'],
		['nothing', '', ''],
		['white space', ' \n\t\n', '']
	])('%s', (_, source, html) => {
		expect(renderMarkdown(source)).toBe(html);
		expect(renderMarkdown(source, { kind: 'comment' })).toBe(html);
	});
});

describe('an article', () => {
	it.each([
		[
			'headings from h2 on',
			'# a\n\n## b\n\n### c\n\n#### d',
			'<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h4>d</h4>\n'
		],
		['headings that begin deeper', '## a\n\n### b', '<h2>a</h2>\n<h3>b</h3>\n'],
		['underlined headings', 'a\n===\n\nb\n---', '<h2>a</h2>\n<h3>b</h3>\n'],
		['single line breaks', 'a\nb  \nc', '<p>a\nb<br>\nc</p>\n'],
		['indented code', '    a', '<pre><code>a\n</code></pre>\n'],
		['definitions', '[a][1]\n\n[1]: /b', '<p><a href="/b">a</a></p>\n'],
		['a rule', 'a\n\n***', '<p>a</p>\n<hr>\n'],
		['a table', '|a|\n|-|', '<p>|a|\n|-|</p>\n'],
		['a picture', '![a](/b)', '<p><a href="/b">a</a></p>\n']
	])('%s', (_, source, html) => {
		expect(renderMarkdown(source, { kind: 'article' })).toBe(html);
	});
});
