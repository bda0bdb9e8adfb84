const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What decides whether a changing request comes from the site itself. */
export interface RequestFacts {
	method: string;
	/** The `Host` header. */
	host: string | null;
	/** The `Origin` header. */
	origin: string | null;
	/** The `Sec-Fetch-Site` header. */
	fetchSite: string | null;
	/** Whom it acts as is nothing that a browser adds by itself: a bearer token, or nobody. */
	program: boolean;
	/** What it may do is said by a secret in its address alone, and it carries nothing that a browser adds. */
	bySecret?: boolean;
}

/** The site's own origin: the configured one, or plain http on the loopback name that was asked. */
export function ownOrigin(configured: string | null, host: string | null): string | null {
	if (configured !== null) return configured;
	return host !== null && LOOPBACK.test(host) ? `http://${host.toLowerCase()}` : null;
}

/**
 * Why a request may not change anything, or null when it may: it must come from the site's own pages
 * (cross-site request forgery, OWASP cheat sheet "Verifying Origin").
 */
export function originProblem(configured: string | null, request: RequestFacts): string | null {
	if (SAFE_METHODS.has(request.method)) return null;
	// A reader's mail provider sends it (RFC 8058, section 3.2): nobody else knows the secret.
	if (request.bySecret) return null;
	const own = ownOrigin(configured, request.host);
	if (request.fetchSite !== null && request.fetchSite !== 'same-origin') {
		return 'This form was sent from another site, so nothing was changed.';
	}
	if (request.origin === null) {
		if (request.program || request.fetchSite === 'same-origin') return null;
		return 'This request does not say which site it comes from (no Origin header), so nothing was changed.';
	}
	if (own !== null && request.origin.toLowerCase() === own) return null;
	if (configured === null && own === null) {
		return (
			`This site was opened as ${request.host ?? 'an unknown host'}, but it has not been told its public address, ` +
			`so forms are refused. Its operator sets ORIGIN, for example ORIGIN=${request.origin === 'null' ? 'https://talk.example.org' : request.origin}.`
		);
	}
	return (
		`This form was sent from ${request.origin}, but this site is ${own}, so nothing was changed. ` +
		'If that is its address, its operator sets ORIGIN to it.'
	);
}
