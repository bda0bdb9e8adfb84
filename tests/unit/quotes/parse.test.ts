import { describe, expect, test } from 'vitest';
import { isParsedQuote, parse, QUOTES_MAX, type ParsedSegment } from '#lib/server/quotes/parse.ts';

/** Segments in short: own text as a string, a quote as [NAME, …what is in it]; "…" after an open-ended one's name. */
type Short = string | [string, ...Short[]];

function short(segments: ParsedSegment[]): Short[] {
	return segments.map((segment): Short => {
		if (!isParsedQuote(segment)) return segment.text;
		const { name, link, openEnded, segments: inner } = segment;
		const target = link ? `→${'comment' in link ? link.comment : link.article}` : '';
		return [`${name}${target}${openEnded ? '…' : ''}`, ...short(inner)];
	});
}

const ID = '0123456789abcdef';

describe('blockquotes', () => {
	test.each<[string, string, Short[]]>([
		['none', 'Just words.\n\nMore words.', ['Just words.\n\nMore words.']],
		['nameless', '> word\n> more\n\nown', [['', 'word\nmore'], 'own']],
		['between own words', 'before\n> word\nafter', ['before', ['', 'word'], 'after']],
		['with a linked attribution', `> [Ann said,](/c/${ID})\n> word`, [[`Ann→${ID}`, 'word']]],
		[
			'with an absolute link',
			`> [Ann said,](https://x.org/c/${ID}#c-1)\n> a`,
			[[`Ann→${ID}`, 'a']]
		],
		['of an article', '> [The article said,](/articles/pier)\n> a', [['The article→pier', 'a']]],
		['linked elsewhere', '> [Ann said,](https://x.org/about)\n> word', [['Ann', 'word']]],
		['linked to no id', '> [Ann said,](/c/1)\n> word', [['Ann', 'word']]],
		['with a bare attribution', '> Ann Lee wrote:\n> word', [['Ann Lee', 'word']]],
		['attribution after an empty line', '>\n> Ann said,\n> word', [['Ann', 'word']]],
		['an attribution alone is words', '> Ann said,', [['', 'Ann said,']]],
		[
			'two',
			'> one\n\n> two',
			[
				['', 'one'],
				['', 'two']
			]
		],
		['up to three spaces before', '   > word', [['', 'word']]],
		['four spaces are not one', '    > word', ['    > word']],
		['without a space', '>word', [['', 'word']]],
		['empty lines inside', '> one\n>\n> two', [['', 'one\n\ntwo']]],
		['nothing in it', '>\n>\n\nown', ['own']],
		['nothing at all', '>', []],
		['lazy continuation is own', '> word\nown', [['', 'word'], 'own']]
	])('%s', (_what, source, expected) => expect(short(parse(source))).toEqual(expected));

	test('nested, each with its attribution', () => {
		const source = '> Ann said,\n> > Ben said,\n> > inner\n>\n> outer\n\nown';
		expect(short(parse(source))).toEqual([['Ann', ['Ben', 'inner'], 'outer'], 'own']);
	});
});

describe('fenced code', () => {
	test.each<[string, string, Short[]]>([
		[
			'holds no quote',
			'```\n> word\n[quote]a[/quote]\n```',
			['```\n> word\n[quote]a[/quote]\n```']
		],
		['of tildes', '~~~\n> word\n~~~\n> quote', ['~~~\n> word\n~~~', ['', 'quote']]],
		['never closed', '```\n> word', ['```\n> word']],
		[
			'closed by at least as many',
			'````\n```\n> a\n````\n> b',
			['````\n```\n> a\n````', ['', 'b']]
		],
		['not closed by one with words', '```\n```js\n> a\n```', ['```\n```js\n> a\n```']],
		['on one line is none', '```word```\n> quote', ['```word```', ['', 'quote']]],
		[
			'inside a quote ends with it',
			'> ```\n> code\n\n> quote',
			[
				['', '```\ncode'],
				['', 'quote']
			]
		],
		['keeps an attribution out', 'x\n\n```\nAnn said,\n```', ['x\n\n```\nAnn said,\n```']]
	])('%s', (_what, source, expected) => expect(short(parse(source))).toEqual(expected));
});

describe('tags', () => {
	test.each<[string, string, Short[]]>([
		['nameless', '[quote]word[/quote]\nown', [['', 'word'], 'own']],
		['with a name', '[quote=Ann Lee]word[/quote]', [['Ann Lee', 'word']]],
		['with post and topic', '[quote="Ann, post:3, topic:9"]word[/quote]', [['Ann', 'word']]],
		['in capitals', '[QUOTE=Ann]\nword\n[/QUOTE]', [['Ann', 'word']]],
		['in the middle of a line', 'a [quote]word[/quote] b', ['a', ['', 'word'], ' b']],
		['over paragraphs', '[quote]one\n\ntwo[/quote]', [['', 'one\n\ntwo']]],
		['nested', '[quote=A][quote=B]in[/quote]out[/quote]', [['A', ['B', 'in'], 'out']]],
		[
			'two on a line',
			'[quote]a[/quote][quote]b[/quote]',
			[
				['', 'a'],
				['', 'b']
			]
		],
		['never closed', '[quote=Ann]word', ['[quote=Ann]word']],
		['never opened', 'word[/quote]', ['word[/quote]']],
		['outer never closed', '[quote=A]\n[quote=B]in[/quote]', ['[quote=A]', ['B', 'in']]],
		['nothing in it', '[quote=Ann] [/quote]', ['[quote=Ann] [/quote]']],
		['an attribution inside', '[quote]\nAnn said,\nword[/quote]', [['Ann', 'word']]],
		['a name that no line could hold', '[quote="*Ann* (mod)"]a[/quote]', [['Ann* mod', 'a']]]
	])('%s', (_what, source, expected) => expect(short(parse(source))).toEqual(expected));

	test('what is never closed costs no more than a bound', () => {
		const source = '[quote=a]\n'.repeat(20_000);
		expect(parse(source)).toEqual([{ text: source.trim() }]);
	});
});

describe('bare attributions', () => {
	test.each<[string, string, Short[]]>([
		['said,', 'Ann said,\nword\n\nmore', [['Ann…', 'word\n\nmore']]],
		['said:', 'Ann said:\nword', [['Ann…', 'word']]],
		['wrote:', 'Ann wrote:\nword', [['Ann…', 'word']]],
		['after own words', 'own\n\nAnn said,\nword', ['own', ['Ann…', 'word']]],
		['linked', `[Ann said,](/c/${ID})\nword`, [[`Ann→${ID}…`, 'word']]],
		[
			'up to the next quote',
			'Ann said,\none\n> two',
			[
				['Ann…', 'one'],
				['', 'two']
			]
		],
		[
			'up to the next attribution',
			'A said,\none\nB said,\ntwo',
			[
				['A…', 'one'],
				['B…', 'two']
			]
		],
		['nothing under it', 'own\nAnn said,', ['own\nAnn said,']],
		['only empty lines under it', 'Ann said,\n\n> word', ['Ann said,', ['', 'word']]],
		['in a sentence', 'As Ann said, it rains.', ['As Ann said, it rains.']],
		['words after it', 'Ann said: it rains.\nYes', ['Ann said: it rains.\nYes']],
		['a longer name than names are', `${'x'.repeat(61)} said,\na`, [`${'x'.repeat(61)} said,\na`]],
		['a list item', '- Ann said,\nword', [['- Ann…', 'word']]]
	])('%s', (_what, source, expected) => expect(short(parse(source))).toEqual(expected));

	test.each([
		['own\nAnn said,\nword', true],
		['own\n\nAnn said,\nword', false],
		['Ann said,\nword', false]
	])('%j stands in one paragraph with what is above: %s', (source, tight) => {
		expect(parse(source).find(isParsedQuote)?.tight).toBe(tight);
	});
});

test('quotes beyond the bound stay own text', () => {
	const source = '> word\n\n'.repeat(QUOTES_MAX + 5).trim();
	const segments = parse(source);
	expect(segments.filter(isParsedQuote)).toHaveLength(QUOTES_MAX);
	expect(segments.at(-1)).toEqual({ text: '> word\n\n'.repeat(5).trim() });
});

test('a long text of lines that begin nothing is read in one go', () => {
	const source = 'x\n'.repeat(100_000).trim();
	expect(parse(source)).toEqual([{ text: source }]);
});
