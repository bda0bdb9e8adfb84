import Parser, { type Env, type MarkdownIt, type StateCore, type Token } from 'markdown-it';
import {
	assertDefinitions,
	assertEmphasis,
	assertNesting,
	type Definition,
	type TextKind
} from './caps.ts';
import { useLinks } from './links.ts';

/** markdown-it drops what is nested deeper than this: more than twice what `assertNesting` lets through. */
const PARSER_NESTING = 40;
/** The article's own title is the page's `h1`. */
const FIRST_HEADING = 2;
const LAST_HEADING = 4;

/** Off for all: raw HTML, and tables, which amplify. */
const NOWHERE = ['table', 'html_block', 'html_inline'];
/**
 * Off in comments: "# 1" and a line of dashes under a line are how people write, not headings; an
 * indented line is no code; and text that looks like a link definition would disappear.
 */
const NOT_IN_COMMENTS = ['heading', 'lheading', 'code', 'reference'];

/** What people write after a fence to name the code's language. */
const LANGUAGES = new Set(
	(
		'bash c c# c++ cpp csharp css diff go html java javascript js json jsx kotlin markdown md perl php ' +
		'plain plaintext py python r rb ruby rust sh shell sql svelte swift text ts tsx txt typescript xml yaml yml'
	).split(' ')
);

function checkBlocks(state: StateCore): void {
	assertNesting(state.tokens);
	const definitions = state.env.references as Record<string, Definition> | undefined;
	if (definitions) assertDefinitions(state.src, Object.values(definitions));
}

function checkInline(state: StateCore): void {
	for (const { children } of state.tokens) if (children) assertEmphasis(children);
}

/** Words after a fence are the code's first line, so that they are seen; only a language's name is left out. */
function keepFenceWords(state: StateCore): void {
	for (const token of state.tokens) {
		if (token.type !== 'fence') continue;
		const words = token.info.trim();
		const isLanguage = LANGUAGES.has(words.toLowerCase()) && token.content !== '';
		if (words !== '' && !isLanguage) token.content = `${words}\n${token.content}`;
		token.info = '';
	}
}

/** Keeps the numbers of a list as typed ("2)", "4)"), unless they repeat: "1. 1. 1." asks to be counted. */
function keepListNumbers(state: StateCore): void {
	const lists: { next: number; previous: number }[] = [];
	for (const token of state.tokens) {
		if (token.type === 'ordered_list_open') {
			const start = Number(token.attrGet('start') ?? 1);
			lists.push({ next: start, previous: start - 1 });
		} else if (token.type === 'ordered_list_close') lists.pop();
		else if (token.type === 'list_item_open' && token.info !== '') {
			const list = lists[lists.length - 1];
			const number = Number(token.info);
			if (number !== list.next && number !== list.previous) {
				token.attrSet('value', String(number));
				list.next = number;
			}
			list.next++;
			list.previous = number;
		}
	}
}

/** Headings begin at `h2` and end at `h4`, whatever the text began with. */
function shiftHeadings(state: StateCore): void {
	const headings = state.tokens.filter((token) => /^heading_/.test(token.type));
	const levels = headings.map((token) => Number(token.tag.slice(1)));
	const shift = FIRST_HEADING - Math.min(...new Set(levels));
	for (const [index, token] of headings.entries()) {
		token.tag = `h${Math.min(levels[index] + shift, LAST_HEADING)}`;
	}
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as HTML. Quotation marks stay: between tags they mean nothing, and people write many. */
function textAsHtml(tokens: Token[], index: number): string {
	return tokens[index].content.replace(/[&<>]/g, (character) => ESCAPES[character]);
}

function parserFor(kind: TextKind): MarkdownIt {
	const md = new Parser({
		html: false,
		linkify: true,
		// Old forum text relies on single line breaks.
		breaks: kind === 'comment',
		maxNesting: PARSER_NESTING
	});
	md.disable(NOWHERE);
	if (kind === 'comment') md.disable(NOT_IN_COMMENTS);
	md.renderer.rules.text = textAsHtml;
	useLinks(md);
	md.core.ruler.after('block', 'check_blocks', checkBlocks);
	md.core.ruler.after('inline', 'check_inline', checkInline);
	md.core.ruler.push('keep_fence_words', keepFenceWords);
	md.core.ruler.push('keep_list_numbers', keepListNumbers);
	md.core.ruler.push('shift_headings', shiftHeadings);
	return md;
}

const PARSERS: Record<TextKind, MarkdownIt> = {
	comment: parserFor('comment'),
	article: parserFor('article')
};

/**
 * The tokens of a Markdown text by this site's rules. `bare` leaves out the destinations shown after
 * links that hide them. Throws `TextTooComplex`; the length is the caller's to check.
 */
export function parse(source: string, kind: TextKind, options: { bare?: boolean } = {}): Token[] {
	const env: Env = { bare: options.bare ?? false };
	return PARSERS[kind].parse(source, env);
}

/** The HTML of `parse`'s tokens, before it is sanitised. */
export function toHtml(tokens: Token[], kind: TextKind): string {
	const md = PARSERS[kind];
	return md.renderer.render(tokens, md.options, {});
}
