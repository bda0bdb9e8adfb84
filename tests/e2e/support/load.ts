import { client } from './api.ts';
import { command } from './site.ts';
import type { Site } from './site.ts';

/** A comment that somebody posts, under its own key. */
export interface Sent {
	/** Its only words, and its idempotency key: no other comment has them. */
	marker: string;
	token: string;
	parent?: string;
}

/** What became of the comments that were sent. */
export interface Outcome {
	/** Ids of those that the server said it has, by marker. */
	acknowledged: Map<string, string>;
	/** Those of which nothing was heard: the server may have them or not. */
	unknown: Sent[];
}

/** Tokens for these people. */
export async function tokensOf(site: Site, names: string[]): Promise<string[]> {
	const tokens: string[] = [];
	for (const name of names) tokens.push((await command(site, ['token', 'create', name])).trim());
	return tokens;
}

/** Posts one comment; gives its id. @throws when nothing is heard of it */
export async function send(site: Site, slug: string, sent: Sent): Promise<string> {
	const { marker, token, parent } = sent;
	const author = client(site, 'writer', { authorization: `Bearer ${token}` });
	const answer = await author.call('POST', `/articles/${slug}/comments`, {
		json: { body: marker, parent },
		headers: { 'idempotency-key': marker }
	});
	if (answer.status !== 201 && answer.status !== 200) {
		throw new Refused(`${answer.status}: ${answer.text}`);
	}
	return (JSON.parse(answer.text) as { id: string }).id;
}

/** The server answered, and said no. */
class Refused extends Error {}

/**
 * Several writers post at once, each a comment after the other, threads and replies by turns, until
 * the server is gone.
 * @param onAcknowledged is told how many comments were acknowledged so far.
 */
export async function writeUntilGone(
	site: Site,
	slug: string,
	writers: { name: string; token: string }[],
	onAcknowledged: (count: number) => void
): Promise<Outcome> {
	const outcome: Outcome = { acknowledged: new Map(), unknown: [] };
	await Promise.all(
		writers.map(async ({ name, token }) => {
			let root: string | undefined;
			for (let number = 1; ; number++) {
				const parent = number % 4 === 1 ? undefined : root;
				const sent = { marker: `${name}-${number}-${crypto.randomUUID()}`, token, parent };
				try {
					const id = await send(site, slug, sent);
					if (parent === undefined) root = id;
					outcome.acknowledged.set(sent.marker, id);
					onAcknowledged(outcome.acknowledged.size);
				} catch (error) {
					if (error instanceof Refused) throw error;
					outcome.unknown.push(sent);
					return;
				}
			}
		})
	);
	return outcome;
}
