const BASE = 'http://afterword.invalid';

/**
 * A path of this site to go on to, from outside input: anything that a browser would take to another
 * site, or that is no plain path, becomes the fallback.
 */
export function safePath(
	next: FormDataEntryValue | string | null | undefined,
	fallback = '/'
): string {
	if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x7e\u00a1-\uffff]*$/u.test(next))
		return fallback;
	if (next.includes('\\') || !URL.canParse(next, BASE)) return fallback;
	const url = new URL(next, BASE);
	const path = url.pathname + url.search + url.hash;
	// Decoded dots and slashes must not make a host of the path either.
	const decoded = path
		.replace(/%2f/gi, '/')
		.replace(/%5c/gi, '\\')
		.replace(/%09|%0a|%0d/gi, '');
	return url.origin === BASE && !/^\/[/\\]/.test(decoded) ? path : fallback;
}
