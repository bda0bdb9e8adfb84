import type { Block } from '../../comments/body.ts';
import { textKeyOf } from './text-key.ts';
import { symbolsOfText, type TextSymbol } from './words/symbols.ts';

/** A text that is screened: a comment's own words, without what it quotes. */
export interface Subject {
	/** As a reader sees it. */
	text: string;
	/** The hosts that it links to, once for each link. */
	hosts: string[];
	/** See `textKeyOf`. */
	textKey: string | null;
	/** The text as words are looked for in it; made when it is first asked for. */
	symbols(): readonly TextSymbol[];
}

const BREAKS = /<\/?(?:p|br|hr|li|ul|ol|pre|blockquote)\b[^>]*>/g;
const TAGS = /<[^>]*>/g;
const LINKS = /<a href="(https?:[^"]*)"/g;
const ENTITIES: Record<string, string> = {
	...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
};

function decoded(text: string): string {
	return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]);
}

function htmlOf(blocks: readonly Block[]): string {
	return blocks.map((block) => ('html' in block ? block.html : '<hr>')).join('');
}

function hostOf(address: string): string {
	return URL.parse(decoded(address))?.hostname.replace(/\.$/, '') ?? '';
}

/** A rendered comment's own words: ours is the HTML, so that reading it is simple. */
export function ownWords(blocks: readonly Block[]): string {
	return decoded(htmlOf(blocks).replace(BREAKS, '\n').replace(TAGS, '')).trim();
}

/** What a rendered comment gives to screen. */
export function subjectOf(blocks: readonly Block[]): Subject {
	const text = ownWords(blocks);
	let symbols: readonly TextSymbol[] | null = null;
	return {
		text,
		hosts: [...htmlOf(blocks).matchAll(LINKS)].map(([, address]) => hostOf(address)),
		textKey: textKeyOf(text),
		symbols: () => (symbols ??= symbolsOfText(text))
	};
}
