import type { Token } from 'markdown-it';
import { createHash } from 'node:crypto';
import { canonicalWords } from './canonical.ts';
import { assertRenderable } from './caps.ts';
import { parse } from './markdown.ts';
import { normaliseText } from './normalise.ts';
import { wordsOfTokens } from './plain.ts';

/** A top-level block of an article that has words: a paragraph, a heading, a list. */
export interface Passage {
	/** Made of its words: it stays while they do, wherever the block goes. */
	key: string;
	/** Its text, as a reader sees it. */
	text: string;
	/** Its canonical words. */
	words: string;
}

const KEY_LENGTH = 12;
/** The form of a key, to be put together with others. */
export const PASSAGE_KEY = `[0-9a-f]{${KEY_LENGTH}}(?:-[1-9]\\d{0,5})?`;
const WHOLE_KEY = new RegExp(`^${PASSAGE_KEY}$`);

/** Whether a text has the form of a passage's key. */
export function isPassageKey(text: string): boolean {
	return WHOLE_KEY.test(text);
}

/** The top-level blocks that have words, each with the token that begins it. */
function blocksOf(tokens: Token[]): (Passage & { token: Token })[] {
	const blocks: (Passage & { token: Token })[] = [];
	const seen = new Map<string, number>();
	for (let at = 0; at < tokens.length; at++) {
		const token = tokens[at];
		const start = at;
		if (token.nesting === 1) while (tokens[at].level > 0 || tokens[at].nesting !== -1) at++;
		const text = wordsOfTokens(tokens.slice(start, at + 1));
		const words = canonicalWords(text);
		if (words === '') continue;
		const hash = createHash('sha256').update(words).digest('hex').slice(0, KEY_LENGTH);
		const count = (seen.get(hash) ?? 0) + 1;
		seen.set(hash, count);
		blocks.push({ key: count === 1 ? hash : `${hash}-${count}`, text, words, token });
	}
	return blocks;
}

/** The passages of an article's Markdown, in order. Throws `TextTooLong` or `TextTooComplex`. */
export function passagesOf(markdown: string): Passage[] {
	const source = normaliseText(markdown);
	assertRenderable(source, { kind: 'article' });
	return blocksOf(parse(source, 'article')).map(({ key, text, words }) => ({ key, text, words }));
}

/** Gives each passage among an article's tokens the id `p-KEY`, to be linked to. */
export function markPassages(tokens: Token[]): void {
	for (const { key, token } of blocksOf(tokens)) token.attrSet('id', `p-${key}`);
}
