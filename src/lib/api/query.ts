import { Refusal } from '#lib/server/refusal.ts';
import { normaliseLine } from '#lib/server/text/normalise.ts';

/** Comments on a page of a list if nobody says how many, and at most. */
export const LIMIT = { fallback: 50, most: 100 };

/** `?limit=`: more than the most is the most. @throws {Refusal} 400 when it is no number from 1 */
export function limitOf(query: URLSearchParams, fallback = LIMIT.fallback): number {
	const text = query.get('limit');
	if (text === null) return fallback;
	if (/^[1-9]\d{0,8}$/.test(text)) return Math.min(Number(text), LIMIT.most);
	throw new Refusal(400, 'bad-limit', 'The limit must be a whole number from 1.', {
		field: 'limit'
	});
}

/** A parameter that names something, as it could be stored; undefined when it is not there. */
export function nameOf(query: URLSearchParams, name: string): string | undefined {
	const text = query.get(name);
	return text === null ? undefined : normaliseLine(text);
}
