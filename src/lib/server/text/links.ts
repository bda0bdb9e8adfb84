import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import { EXTERNAL_REL, hiddenDestination, isExternal, safeAddress } from './addresses.ts';

// Bare hosts become links only under these: in "the end.So it is" or "read.me" nobody means a host.
const BARE_HOSTS = [
	'com',
	'org',
	'net',
	'edu',
	'gov',
	'int',
	'info',
	'eu',
	'uk',
	'ie',
	'de',
	'fr',
	'nl'
];
// Most text has no address, and looking for one properly costs more than all the rest.
const PERHAPS_AN_ADDRESS = new RegExp(`://|@|\\.(?:${BARE_HOSTS.join('|')})\\b`, 'i');

const EXCLAMATION_MARK = 0x21;
const OPENING_BRACKET = 0x5b;
const OPENING_PARENTHESIS = 0x28;
const CLOSING_PARENTHESIS = 0x29;

/** The position of the first character from `at` on that is no white space. */
function skipSpace(source: string, at: number): number {
	let position = at;
	while (' \t\n'.includes(source.charAt(position)) && position < source.length) position++;
	return position;
}

/**
 * `![description](address "title")` as a link, because a picture would make readers' browsers call on
 * another host: the description is the link's text. Inside another link only the description stays.
 */
function imageAsLink(state: StateInline, silent: boolean): boolean {
	const { src, pos, posMax, md } = state;
	if (src.charCodeAt(pos) !== EXCLAMATION_MARK) return false;
	if (src.charCodeAt(pos + 1) !== OPENING_BRACKET) return false;
	const labelEnd = md.helpers.parseLinkLabel(state, pos + 1, false);
	if (labelEnd < 0 || src.charCodeAt(labelEnd + 1) !== OPENING_PARENTHESIS) return false;
	const target = md.helpers.parseLinkDestination(src, skipSpace(src, labelEnd + 2), posMax);
	const href = target.ok ? md.normalizeLink(target.str) : '';
	if (href === '') return false;
	let end = skipSpace(src, target.pos);
	const title = end > target.pos ? md.helpers.parseLinkTitle(src, end, posMax) : null;
	if (title?.ok) end = skipSpace(src, title.pos);
	if (end >= posMax || src.charCodeAt(end) !== CLOSING_PARENTHESIS) return false;
	if (!silent) {
		const link = state.linkLevel === 0 ? state.push('link_open', 'a', 1) : null;
		if (link)
			link.attrs = title?.ok
				? [
						['href', href],
						['title', title.str]
					]
				: [['href', href]];
		state.push('text', '', 0).content = md.utils.unescapeAll(src.slice(pos + 2, labelEnd)) || href;
		if (link) state.push('link_close', 'a', -1);
	}
	state.pos = end + 1;
	return true;
}

/** The text of a link's tokens as a reader sees it. */
function textOf(tokens: Token[]): string {
	let text = '';
	for (const { type, content } of tokens) text += type.endsWith('break') ? ' ' : content;
	return text;
}

/** A link's tokens with `rel`, with a text, without the link if it leads nowhere, and with its true destination. */
function honestLink(state: StateCore, open: Token, inside: Token[], close: Token): Token[] {
	const href = String(open.attrGet('href') ?? '');
	if (href === '') return inside;
	if (isExternal(href)) open.attrSet('rel', EXTERNAL_REL);
	let text = textOf(inside);
	if (text.trim() === '') {
		const address = new state.Token('text', '', 0);
		address.content = text = href;
		inside = [address];
	}
	const destination = hiddenDestination(text, href);
	if (destination === null || state.env.bare) return [open, ...inside, close];
	const space = new state.Token('text', '', 0);
	space.content = ' ';
	const mark = new state.Token('text', '', 0);
	mark.content = `(${destination})`;
	// Isolated, so that a direction override in the link's text does not turn it round.
	const isolate = new state.Token('bdi_open', 'bdi', 1);
	return [open, ...inside, close, space, isolate, mark, new state.Token('bdi_close', 'bdi', -1)];
}

function withHonestLinks(state: StateCore, tokens: Token[]): Token[] {
	const result: Token[] = [];
	for (let at = 0; at < tokens.length; at++) {
		const open = tokens[at];
		if (open.type !== 'link_open') {
			result.push(open);
			continue;
		}
		const start = at + 1;
		while (tokens[at].type !== 'link_close') at++;
		result.push(...honestLink(state, open, tokens.slice(start, at), tokens[at]));
	}
	return result;
}

/** Makes every link honest; runs after addresses in the text have become links. */
function honestLinks(state: StateCore): void {
	for (const block of state.tokens) {
		if (block.children?.some((token) => token.type === 'link_open')) {
			block.children = withHonestLinks(state, block.children);
		}
	}
}

/**
 * Gives a parser the rules of this site for links: only safe addresses (what is not stays text),
 * pictures as links, and a destination that the text hides shown after it.
 */
export function useLinks(md: MarkdownIt): void {
	// What `normalizeLink` cannot make safe it makes empty, and `validateLink` refuses that.
	md.normalizeLink = (address) => safeAddress(address) ?? '';
	md.validateLink = (address) => address !== '';
	// The text of an address is as it was typed: a decoded one could hold other characters than it seems.
	md.normalizeLinkText = (address) => address;
	md.linkify.set({ fuzzyLink: true, tlds: BARE_HOSTS });
	const hasAddress = md.linkify.test.bind(md.linkify);
	md.linkify.test = (text) => PERHAPS_AN_ADDRESS.test(text) && hasAddress(text);
	md.inline.ruler.at('image', imageAsLink);
	md.core.ruler.after('linkify', 'honest_links', honestLinks);
}
