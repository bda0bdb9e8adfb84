import { overlap, startIn } from './match.ts';
import type { ArticleSource } from './sources.ts';

/** A passage that has fewer of the words is another one. */
const LEAST_SHARE = 0.5;

/** The key of the passage in which words begin that an article has; null when that is above its body. */
export function passageWith(
	{ passages }: Pick<ArticleSource, 'passages'>,
	words: string
): string | null {
	let start = startIn(passages.map((passage) => passage.words).join(' '), words);
	if (start < 0) return null;
	for (const passage of passages) {
		if (start < passage.words.length) return passage.key;
		start -= passage.words.length + 1;
	}
	return null;
}

/** The key of the passage that shares most words with those that an article does not have; null when none has half of them. */
export function passageLike({ passages }: ArticleSource, words: string): string | null {
	let best: string | null = null;
	let most = 0;
	for (const passage of passages) {
		const share = overlap(passage.words, words);
		if (share >= LEAST_SHARE && share > most) [best, most] = [passage.key, share];
	}
	return best;
}
