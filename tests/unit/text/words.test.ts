import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalWords } from '#lib/server/text/canonical.ts';
import { TextTooComplex, TextTooLong, type TextKind } from '#lib/server/text/caps.ts';
import { escapeMarkdown } from '#lib/server/text/escape.ts';
import { htmlToMarkdown } from '#lib/server/text/html.ts';
import { parse, toHtml } from '#lib/server/text/markdown.ts';
import { normaliseText } from '#lib/server/text/normalise.ts';
import { plainText } from '#lib/server/text/plain.ts';
import { renderMarkdown } from '#lib/server/text/render.ts';
import { faults, visibleText } from './harmless.ts';

// Markup in pieces, words, and what is between them.
const SIGNS = [
	...[
		'\\',
		'`',
		'``',
		'```',
		'*',
		'**',
		'_',
		'__',
		'[',
		']',
		'(',
		')',
		'](',
		'![',
		'<',
		'>',
		'~',
		'~~'
	],
	...[
		'#',
		'## ',
		'- ',
		'-',
		'---',
		'===',
		'+ ',
		'\n',
		'\n\n',
		' ',
		'    ',
		'\t',
		':',
		'!',
		'|',
		'"',
		"'"
	],
	...['.', '\u00a0', '\u200b', '=', '{', '}', '$', '^', ' * ', ' _ ']
];
const NUMBERS = ['1. ', '2) ', '10.', '0'];
const ADDRESSES = [
	'http://a.com',
	'https://x.test/p_q',
	'http://a.com/*b*',
	'www.a.com',
	'@',
	'a@b.com',
	'//'
];
const ENTITIES = ['&', '&amp;', '&lt;', '&#42;'];
const TAGS = [
	...[
		'<b>',
		'</b>',
		'<i>',
		'</i>',
		'<s>',
		'</s>',
		'<a href="https://x.test/a_b">',
		'<a href=/c/1>',
		'</a>'
	],
	...[
		'<code>',
		'</code>',
		'<pre>',
		'</pre>',
		'<p>',
		'</p>',
		'<div>',
		'<br>',
		'<h2>',
		'</h2>',
		'<x>',
		'</x>'
	],
	...[
		'<ul>',
		'</ul>',
		'<ol>',
		'<ol start=3>',
		'</ol>',
		'<li>',
		'</li>',
		'<blockquote>',
		'</blockquote>'
	]
];

const kind = fc.constantFrom<TextKind>('comment', 'article');
const signsAndLetters = piecesOf([...SIGNS, 'x', 'y', 'z']);
const anyText = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				...SIGNS,
				...NUMBERS,
				...ADDRESSES,
				...ENTITIES,
				'word',
				'[a]: ',
				'é',
				'我',
				'😀'
			),
			fc.string({ unit: 'binary', maxLength: 3 })
		),
		{ maxLength: 16 }
	)
	.map((pieces) => normaliseText(pieces.join('')));

function piecesOf(pieces: string[]): fc.Arbitrary<string> {
	return fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((chosen) => chosen.join(''));
}

/** What a reader sees of Markdown, but for the destinations shown after links. */
function seen(markdown: string, as: TextKind): string {
	return visibleText(toHtml(parse(normaliseText(markdown), as, { bare: true }), as));
}

function letters(text: string): string {
	return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

function renderOrRefuse(text: string, as: TextKind): string | null {
	try {
		return renderMarkdown(text, { kind: as });
	} catch (thrown) {
		if (thrown instanceof TextTooComplex || thrown instanceof TextTooLong) return null;
		throw thrown;
	}
}

describe('whatever is written', () => {
	it('is rendered or refused, harmless, and what plainText says is what is seen', () => {
		fc.assert(
			fc.property(anyText, kind, (text, as) => {
				const html = renderOrRefuse(text, as);
				if (html === null) return;
				expect(faults(html)).toEqual([]);
				// The sanitiser would have written "<br />": the check before it was enough.
				expect(html).not.toContain(' />');
				expect(canonicalWords(visibleText(html))).toBe(
					canonicalWords(plainText(text, { kind: as }))
				);
			}),
			{ numRuns: 3_000 }
		);
	});

	it('keeps its letters', () => {
		fc.assert(
			fc.property(signsAndLetters, (text) => {
				const html = renderOrRefuse(text, 'comment');
				if (html !== null) expect(letters(visibleText(html))).toBe(letters(text));
			}),
			{ numRuns: 3_000 }
		);
	});

	it('keeps every word when it is escaped', () => {
		fc.assert(
			fc.property(anyText, kind, (text, as) => {
				expect(canonicalWords(seen(escapeMarkdown(text), as))).toBe(canonicalWords(text));
			}),
			{ numRuns: 2_000 }
		);
	});

	it('keeps every word when it comes as the text of HTML', () => {
		fc.assert(
			fc.property(anyText, kind, (text, as) => {
				const html = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
				const markdown = htmlToMarkdown(html, { kind: as });
				expect(canonicalWords(seen(markdown, as))).toBe(canonicalWords(text));
			}),
			{ numRuns: 2_000 }
		);
	});

	it('keeps its words and its signs between the tags of HTML', () => {
		const html = piecesOf([
			...TAGS,
			'a',
			'b ',
			' c',
			'word',
			'*',
			'_',
			'1. ',
			'x_y',
			'. ',
			'[',
			'!',
			'# '
		]);
		fc.assert(
			fc.property(html, kind, (text, as) => {
				const bare = text.replace(/<[^>]*>/g, '');
				const rendered = seen(htmlToMarkdown(text, { kind: as }), as);
				expect(rendered.replace(/\s/g, '')).toBe(bare.replace(/\s/g, ''));
			}),
			{ numRuns: 2_000 }
		);
	});
});
