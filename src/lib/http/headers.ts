/**
 * Headers of every answer, also of errors and static files, after OWASP's secure headers.
 * The Content-Security-Policy comes with the pages.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'strict-origin-when-cross-origin',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'X-Frame-Options': 'DENY',
	'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'
};

/** A year and more, as browsers' preload lists ask; only sent where the site is served by https. */
export const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains';

/** A policy for answers that are no pages: nothing runs, nothing loads. */
export const CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
