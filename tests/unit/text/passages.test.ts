import { describe, expect, test } from 'vitest';
import { canonicalWords } from '#lib/server/text/canonical.ts';
import { isPassageKey, passagesOf } from '#lib/server/text/passages.ts';
import { plainText } from '#lib/server/text/plain.ts';
import { renderMarkdown } from '#lib/server/text/render.ts';
import { sanitise } from '#lib/server/text/sanitise.ts';
import { ARTICLE_TEXT } from './article-text.ts';

function render(markdown: string): string {
	return renderMarkdown(markdown, { kind: 'article', passages: true });
}

const idsOf = (html: string) => [...html.matchAll(/ id="p-([^"]*)"/g)].map(([, key]) => key);

test('each block with words has a key, and its HTML the id', () => {
	const passages = passagesOf(ARTICLE_TEXT);
	const keys = passages.map(({ key }) => key);
	expect(passages.map(({ text }) => text)).toEqual([
		'A “heading”',
		'One paragraph --\nwith an end.',
		'one\ntwo\nwithin',
		'three',
		'Quoted words.',
		'let code = 1;',
		'indented code',
		'One paragraph -- with an end.'
	]);
	expect(keys.every(isPassageKey)).toBe(true);
	expect(new Set(keys).size).toBe(keys.length);
	expect(keys[7]).toBe(`${keys[1]}-2`);
	expect(idsOf(render(ARTICLE_TEXT))).toEqual(keys);
});

test('the ids are all that they add', () => {
	const plain = renderMarkdown(ARTICLE_TEXT, { kind: 'article' });
	expect(idsOf(plain)).toEqual([]);
	expect(render(ARTICLE_TEXT).replace(/ id="[^"]*"/g, '')).toBe(plain);
});

test('their words are those of the whole', () => {
	const words = passagesOf(ARTICLE_TEXT).map((passage) => passage.words);
	expect(words.join(' ')).toBe(canonicalWords(plainText(ARTICLE_TEXT, { kind: 'article' })));
});

test('a key stays while the words do', () => {
	const [first, second] = passagesOf('One thing.\n\nAnother – thing.');
	expect(passagesOf('New.\n\nAnother - **thing**.\n\nOne\nthing.').map(({ key }) => key)).toEqual([
		expect.not.stringMatching(first.key),
		second.key,
		first.key
	]);
});

describe('the sanitiser lets no other id through', () => {
	test.each([
		['<p id="comments">x</p>', '<p>x</p>'],
		['<p id="p-0123456789ab">x</p>', '<p id="p-0123456789ab">x</p>'],
		[
			'<p id="p-0123456789ab-2">x<b>y</b></p>',
			'<p id="p-0123456789ab-2">x&lt;b&gt;y&lt;/b&gt;</p>'
		],
		['<p id="p-0123456789abc">x</p>', '<p>x</p>'],
		['<p id="p-0123456789ab" class="x">x</p>', '<p id="p-0123456789ab">x</p>'],
		['<em id="p-0123456789ab">x</em>', '<em>x</em>'],
		[
			'<ol start="3" id="p-0123456789ab"><li>x</li></ol>',
			'<ol start="3" id="p-0123456789ab"><li>x</li></ol>'
		],
		['<h2 id="p-0123456789ab">x</h3></h2>', '<h2 id="p-0123456789ab">x</h2>']
	])('%s', (html, safe) => {
		expect(sanitise(html)).toBe(safe);
	});
});
