import { MOST_CHANGES, type Change } from './changes.ts';
import { nameOf, type Moment } from './moment.ts';
import type { CommentingEvent, CommentsEvent } from './view.ts';

/** An event as it is sent, the same bytes to everybody. */
export type Encoded = Buffer<ArrayBuffer>;

function event(name: string, data: object, at?: Moment): Encoded {
	const lines = [...(at === undefined ? [] : [`id: ${nameOf(at)}`]), `event: ${name}`];
	return Buffer.from(`${lines.join('\n')}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Says nothing, so that no proxy takes the stream for dead. */
export const heartbeat: Encoded = Buffer.from(':\n\n');

/** How long a browser waits, in milliseconds, before it comes back. */
export function retry(milliseconds: number): Encoded {
	return Buffer.from(`retry: ${milliseconds}\n\n`);
}

/** The page is to be read again: too much changed to be told, or what it shows may never have been there. */
export function reset(at: Moment): Encoded {
	return event('reset', {}, at);
}

/** Which comments changed; when they are too many, that the page is to be read again. */
export function comments(at: Moment, count: number, changes: Change[]): Encoded {
	if (changes.length > MOST_CHANGES) return reset(at);
	const items = changes.map(({ changedIn: _, ...item }) => item);
	return event('comments', { count, items } satisfies CommentsEvent, at);
}

/** Which comment state holds, and what stands above the discussion. */
export function commenting({ state, notice }: CommentingEvent): Encoded {
	return event('commenting', { state, notice } satisfies CommentingEvent);
}

/** The article may not be read any more. */
export const gone: Encoded = event('gone', {});
