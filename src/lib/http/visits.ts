import { now } from '#lib/server/clock.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { CookieName } from './cookie-names.ts';

const NAME: CookieName = 'seen';
const PATH = '/articles';
/** Articles that are remembered: what somebody follows these weeks, in a cookie of some 700 bytes. */
const MOST = 20;
/** A visit goes on until nobody was here for so long (milliseconds); `browser/fresh.ts` counts alike. */
const PAUSE = 30 * 60_000;
const KEPT_SECONDS = 180 * 24 * 60 * 60;
const ENTRY = /^(\w{16})\.([\da-z]{1,9})\.([\da-z]{1,9})$/;

type Event = Pick<RequestEvent, 'cookies' | 'locals' | 'url'>;

/** A visit of an article: what was written after `since` is new; the reader was there at `at`. */
interface Visit {
	article: string;
	since: number;
	at: number;
}

function read(event: Event): Visit[] {
	const entries = (event.cookies.get(NAME) ?? '').split('~', MOST);
	return entries.flatMap((entry) => {
		const [, article, since, at] = ENTRY.exec(entry) ?? [];
		return article ? [{ article, since: parseInt(since, 36), at: parseInt(at, 36) }] : [];
	});
}

function write(event: Event, visits: Visit[]): void {
	const entries = visits.map(({ article, since, at }) =>
		[article, since.toString(36), at.toString(36)].join('.')
	);
	event.cookies.set(NAME, entries.join('~'), {
		path: PATH,
		httpOnly: true,
		sameSite: 'lax',
		secure: event.url.protocol === 'https:',
		maxAge: KEPT_SECONDS
	});
}

/**
 * Notes that a signed-in reader looks at an article's page, in a cookie; returns the time after which
 * comments are new to them, null on the first visit. Guests get no cookie: their pages are kept for all.
 */
export function visit(event: Event, article: string): Date | null {
	if (event.locals.actor.accountId === null) return null;
	const at = now().getTime();
	const visits = read(event);
	const last = visits.find((one) => one.article === article);
	const isOver = last !== undefined && at - last.at > PAUSE;
	const since = last === undefined ? at : isOver ? last.at : last.since;
	const others = visits.filter((one) => one !== last).slice(0, MOST - 1);
	write(event, [{ article, since, at }, ...others]);
	return last === undefined ? null : new Date(since);
}

/** Forgets the visits: somebody else may read here next. */
export function forget(event: Event): void {
	event.cookies.delete(NAME, { path: PATH });
}
