import type { OutsideAnswer } from './answer.ts';
import type { Question } from './question.ts';
import { ask } from './request.ts';

/** Where Akismet is asked, and with which key. */
export interface Akismet {
	url: string;
	key: string;
}

const ANSWERS: Readonly<Record<string, OutsideAnswer>> = {
	true: { verdict: 'hold', words: 'Akismet takes it for spam.' },
	false: { verdict: 'publish' }
};

/**
 * Asks Akismet whether a comment is spam; what it is sure of is held, not rejected: it errs.
 * @param site the public origin of this site.
 * @throws {Error} when it does not answer in time, or neither yes nor no.
 */
export async function askAkismet(
	{ url, key }: Akismet,
	{ text, author, address, article }: Question,
	site: string,
	signal?: AbortSignal
): Promise<OutsideAnswer> {
	const body = new URLSearchParams({
		...{ api_key: key, blog: site, comment_type: 'comment' },
		...{ comment_content: text, comment_author: author.name },
		...{ user_ip: address ?? '', permalink: article }
	}).toString();
	const headers = { 'content-type': 'application/x-www-form-urlencoded' };
	const answer = (await ask({ url, headers, body }, signal)).trim();
	if (!Object.hasOwn(ANSWERS, answer)) throw new Error('The answer is neither true nor false.');
	return ANSWERS[answer];
}
