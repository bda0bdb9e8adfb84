/**
 * Headers of every answer, also of errors and static files, after OWASP's secure headers.
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

/** The policy of pages: nothing inline runs, and nothing but pictures comes from elsewhere. */
export const PAGE_POLICY = [
	"default-src 'none'",
	"connect-src 'self'",
	"font-src 'self'",
	"img-src 'self' https: data:",
	"manifest-src 'self'",
	"object-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"base-uri 'none'",
	"form-action 'self'",
	"frame-ancestors 'none'"
].join('; ');
