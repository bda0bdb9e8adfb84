import type { Tx } from '../../database/database.ts';
import * as links from './links.ts';
import { digest } from '../secrets.ts';

/** The parts of a mail that links stand in. */
export interface Words {
	text: string;
	html: string;
	unsubscribeUrl: string;
}

const MARK = 'unsent.';
const MARKS = /unsent\.([0-9a-f]{64})/g;

/**
 * Makes a link for a mail. In the place of its secret stands a mark, which opens nothing, until the
 * mail is sent: no row ever holds the secret. Earlier links as with `links.issue`.
 */
export async function promise(tx: Tx, link: links.NewLink): Promise<string> {
	return MARK + digest(await links.issue(tx, link));
}

function exchanged(words: Words, before: string, after: string): Words {
	const { text, html, unsubscribeUrl } = words;
	return {
		text: text.replaceAll(before, after),
		html: html.replaceAll(before, after),
		unsubscribeUrl: unsubscribeUrl.replaceAll(before, after)
	};
}

/**
 * Gives the links of a mail their secrets, new ones at every try: `sent` is for who it goes to, `kept`
 * for the outbox. A link that was used or revoked meanwhile keeps its mark, and is over.
 */
export async function fill(tx: Tx, words: Words): Promise<{ sent: Words; kept: Words }> {
	const { text, html, unsubscribeUrl } = words;
	const marks = [text, html, unsubscribeUrl].flatMap((part) => [...part.matchAll(MARKS)]);
	let [sent, kept] = [words, words];
	for (const id of new Set(marks.map(([, id]) => id))) {
		const secret = await links.renew(tx, id);
		if (secret === null) continue;
		sent = exchanged(sent, MARK + id, secret);
		kept = exchanged(kept, id, digest(secret));
	}
	return { sent, kept };
}
