import { meter } from '#lib/server/monitoring/meter.ts';
import { handOver } from '#lib/server/monitoring/visits.ts';
import type { Refusal } from '#lib/server/refusal.ts';
import { STATUS_CODES } from 'node:http';
import type { SchemaName, Shape } from './schemas.ts';

/** Where the kinds of problems live; each is named by its code. */
const PROBLEMS = '/problems';

/** The fields of articles that the API names otherwise than the forms do. */
const FIELD_NAMES: Record<string, string> = {
	sourceName: 'source.name',
	sourceUrl: 'source.url',
	imageUrl: 'image.url',
	imageAlt: 'image.alt',
	imageCredit: 'image.credit',
	url: 'canonical_url',
	slowMode: 'slow_mode',
	slowSeconds: 'slow_seconds',
	closeAfterDays: 'close_after_days',
	closeAfterSilentDays: 'close_after_silent_days',
	openHours: 'open_hours',
	authorHere: 'author_here'
};

// What is answered depends on who asks; hooks.server.ts adds the cookie and keeps it from caches.
const VARY = { vary: 'Authorization' };

/** Answers with JSON of one of the schemas. */
export function answer<Name extends SchemaName>(
	_schema: Name,
	data: Shape<Name>,
	init: { status?: number; headers?: Record<string, string> } = {}
): Response {
	const body = Buffer.from(JSON.stringify(data));
	const headers = {
		'content-type': 'application/json',
		'content-length': String(body.byteLength),
		...{ ...VARY, ...init.headers }
	};
	return new Response(handOver(body) ? null : body, { status: init.status ?? 200, headers });
}

/** Answers 201 with what was made, and where it is. */
export function created<Name extends SchemaName>(
	schema: Name,
	data: Shape<Name>,
	location: string
): Response {
	return answer(schema, data, { status: 201, headers: { location } });
}

/** Answers that it is done, and nothing else. */
export function done(): Response {
	return new Response(null, { status: 204, headers: VARY });
}

/**
 * A refusal as a problem document (RFC 9457), with the header that goes with its status: how to sign
 * in (401), when to try again (429, 503).
 */
export function problem(
	refusal: Pick<Refusal, 'status' | 'code' | 'message' | 'details'>,
	more: { headers?: Record<string, string>; requestId?: string } = {}
): Response {
	const { status, code, message, details } = refusal;
	meter().refused(code);
	const { field, retryAfter } = details;
	const document: Shape<'Problem'> = {
		type: `${PROBLEMS}/${code}`,
		title: STATUS_CODES[status] ?? 'Problem',
		status,
		detail: message,
		code,
		...(field === undefined ? {} : { field: FIELD_NAMES[field] ?? field }),
		...(more.requestId === undefined ? {} : { request_id: more.requestId })
	};
	const headers = new Headers({ ...VARY, 'cache-control': 'no-store', ...more.headers });
	headers.set('content-type', 'application/problem+json');
	if (status === 401) headers.set('www-authenticate', 'Bearer');
	if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
	return new Response(JSON.stringify(document), { status, headers });
}
