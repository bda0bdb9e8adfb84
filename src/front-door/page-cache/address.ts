import { ROUTES, type PublicRoute } from './routes.ts';

/** An address of a public page, without what its route does not know. */
export interface Address {
	route: PublicRoute;
	/** Path and query; the same text for the same page where it is kept. */
	target: string;
	/** Whether its page may be kept: not with a parameter that is one's own, or that no page has. */
	isKept: boolean;
}

/** Whether every part of a path is written as our own links write it: each page has one address. */
function isCanonical(path: string): boolean {
	try {
		return path.split('/').every((part) => encodeURIComponent(decodeURIComponent(part)) === part);
	} catch {
		return false;
	}
}

/** The same letters in memory of their own: what is kept of a long address would keep the whole of it. */
function alone(text: string): string {
	return Buffer.from(text).toString();
}

function withQuery(path: string, query: URLSearchParams): string {
	return query.size > 0 ? `${path}?${query.toString()}` : path;
}

/** The query in one order, each parameter once; null with one that is of no page. */
function keptQuery({ query }: PublicRoute, given: URLSearchParams): URLSearchParams | null {
	const kept = new URLSearchParams();
	for (const [name, pattern] of Object.entries(query)) {
		const value = given.get(name);
		if (value === null) continue;
		if (!pattern.test(value)) return null;
		kept.set(name, value);
	}
	return kept;
}

/** Reads the target of a request; null when it is no public page's. */
export function readAddress(target: string): Address | null {
	const mark = target.indexOf('?');
	const path = mark < 0 ? target : target.slice(0, mark);
	const route = ROUTES.find((one) => one.path.test(path));
	if (!route || !isCanonical(path)) return null;
	if (mark < 0) return { route, target, isKept: true };
	const given = new URLSearchParams(target.slice(mark));
	const own = route.own ?? [];
	for (const name of new Set(given.keys())) {
		if (!Object.hasOwn(route.query, name) && !own.includes(name)) given.delete(name);
	}
	const isOwn = own.some((name) => given.has(name));
	const kept = isOwn ? null : keptQuery(route, given);
	return { route, target: alone(withQuery(path, kept ?? given)), isKept: kept !== null };
}
