import type { IncomingMessage } from 'node:http';
import { COOKIE_NAMES, type CookieName } from '../../lib/http/cookie-names.ts';
import { DEFAULT_SORT } from '../../lib/server/comments/sorts.ts';
import { SORTS, type Sort } from '../../lib/server/comments/view.ts';

/** What a guest's pages depend on beside their address. */
export interface Guest {
	/** The order of comments that their browser remembers; null for the usual one. */
	sort: Sort | null;
}

const NOBODY: Guest = { sort: null };
const OURS: ReadonlySet<string> = new Set(COOKIE_NAMES);
const SORT: CookieName = 'sort';

/** Whether a request asks for what everybody gets who sends no cookie, and brings nothing else either. */
function isPlain({ method, headers }: IncomingMessage): boolean {
	return (
		(method === 'GET' || method === 'HEAD') &&
		headers.authorization === undefined &&
		headers['content-length'] === undefined &&
		headers['transfer-encoding'] === undefined &&
		headers.upgrade === undefined
	);
}

/** Reads who asks; null where it is, or may be, somebody in particular. */
export function readGuest(request: IncomingMessage): Guest | null {
	if (!isPlain(request)) return null;
	const { cookie } = request.headers;
	if (cookie === undefined) return NOBODY;
	let sort: Sort | null = null;
	for (const pair of cookie.split(';')) {
		const [name, value = ''] = pair.split('=', 2).map((part) => part.trim());
		const bare = name.replace(/^__Host-/i, '');
		if (!OURS.has(bare.toLowerCase())) continue;
		if (bare !== SORT) return null;
		sort = SORTS.find((known) => known === value && known !== DEFAULT_SORT) ?? null;
	}
	return sort === null ? NOBODY : { sort };
}
