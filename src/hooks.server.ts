import { dev } from '$app/environment';
import * as identity from '#lib/http/identity.ts';
import { problem } from '#lib/api/json.ts';
import { isDenied } from '#lib/http/guards.ts';
import { PAGE_POLICY } from '#lib/http/headers.ts';
import { originProblem } from '#lib/http/origins.ts';
import { Pieces } from '#lib/http/pieces.ts';
import { note } from '#lib/http/security-notes.ts';
import { guest } from '#lib/server/actor.ts';
import { config } from '#lib/server/config.ts';
import { forReading } from '#lib/server/database/for-reading.ts';
import { unreadable } from '#lib/server/database/unavailable.ts';
import { stackOf } from '#lib/server/faults.ts';
import { log } from '#lib/server/log.ts';
import { meter } from '#lib/server/monitoring/meter.ts';
import { traced } from '#lib/server/monitoring/tracing.ts';
import * as visits from '#lib/server/monitoring/visits.ts';
import { shared } from '#lib/server/process.ts';
import { isRefusal, Refusal } from '#lib/server/refusal.ts';
import { database } from '#lib/server/site/running.ts';
import * as site from '#lib/server/site/site.ts';
import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';

const HTML = 'text/html; charset=utf-8';

/** Opens the database before the first request; in development, where no front door does it, starts the timed jobs. */
export const init: ServerInit = async () => {
	const db = await database();
	await site.ensure(db);
	if (!dev) return;
	const timed = await import('#lib/server/jobs/timed.ts');
	shared('timed', () => timed.start(db));
};

function plain(status: number, words: string): Response {
	const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
	return new Response(`${words}\n`, { status, headers });
}

/** Why this request may not change anything, or null. */
function forgery(event: RequestEvent): string | null {
	const { headers, method } = event.request;
	return originProblem(config().origin, {
		method,
		host: headers.get('host'),
		origin: headers.get('origin'),
		fetchSite: headers.get('sec-fetch-site'),
		program: identity.isProgram(event),
		bySecret: identity.isOneClick(event)
	});
}

/**
 * Puts the page into the answer, or hands it to who keeps the door. SvelteKit would hash all of it in
 * JavaScript for an `ETag` first, also where nobody may keep it; this costs a tenth.
 */
function withPage({ locals }: RequestEvent, response: Response): Response {
	const { page, pieces, actor } = locals;
	if (page === undefined || !response.headers.has('x-sveltekit-page')) return response;
	const { status, headers } = response;
	const body = pieces.join(page);
	// Something that V8 keeps until it collects old objects holds on to a request, and so to all of this.
	locals.page = undefined;
	locals.pieces = new Pieces();
	headers.set('content-length', String(body.byteLength));
	if (actor.accountId !== null) headers.delete('etag');
	else headers.set('etag', `"${body.byteLength.toString(36)}-${crc32(body).toString(36)}"`);
	return visits.handOver(body) ? response : new Response(body, { status, headers });
}

/** A page for one reader is kept by nobody else; a page for all says what it shows. */
function setCaching(event: RequestEvent, response: Response): void {
	const { headers } = response;
	const isForAll = headers.get('cache-control')?.includes('immutable');
	if (event.locals.actor.accountId !== null && !isForAll)
		headers.set('cache-control', 'private, no-store');
	else if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
	if (event.locals.tags.size > 0) headers.set('cache-tag', [...event.locals.tags].join(','));
	if (headers.get('content-type') === 'text/html') headers.set('content-type', HTML);
	// In development Vite puts styles into the page.
	if (headers.has('x-sveltekit-page') && !dev) headers.set('content-security-policy', PAGE_POLICY);
	headers.delete('x-sveltekit-page');
	const { retryAfter } = visits.current() ?? {};
	if (retryAfter) headers.set('retry-after', String(retryAfter));
	headers.append('vary', 'Cookie');
	headers.set('x-request-id', event.locals.requestId);
}

/** A rule that says no before any route is asked. @throws what is no refusal */
function refused(event: RequestEvent, thrown: unknown): Response {
	if (!isRefusal(thrown)) throw thrown;
	const isApi = event.url.pathname.startsWith('/api/');
	if (isApi) return problem(thrown);
	meter().refused(thrown.code);
	return plain(thrown.status, thrown.message);
}

/** Whether a request only reads. A stream of events goes on for long, and is told of changes by the primary. */
function isReading({ request }: RequestEvent): boolean {
	if (request.method !== 'GET' && request.method !== 'HEAD') return false;
	return !request.headers.get('accept')?.includes('text/event-stream');
}

/** Somebody who is signed in tried what is not for them. Guests and their crawlers try everything. */
async function noteDenied(event: RequestEvent): Promise<void> {
	const { actor, db } = event.locals;
	if (actor.accountId !== null) await note(event, db, actor, 'request.denied');
}

/** Whoever asks for what the database cannot give just now is told so, and when to ask again. */
function unavailable(event: RequestEvent, refusal: Refusal, response: Response): Response {
	const headers = new Headers(response.headers);
	headers.set('retry-after', `${refusal.details.retryAfter}`);
	headers.set('cache-control', 'no-store');
	headers.set('x-request-id', event.locals.requestId);
	return new Response(response.body, { status: refusal.status, headers });
}

/** Every request; a fault of the database is no fault of ours. */
export const handle: Handle = async (input) => {
	const { event } = input;
	try {
		const response = await respond(input);
		const refusal = event.locals.unavailable;
		return refusal && response.status === 500 ? unavailable(event, refusal, response) : response;
	} catch (thrown) {
		const refusal = unreadable(thrown);
		if (refusal === null) throw thrown;
		return unavailable(event, refusal, refused(event, refusal));
	}
};

/** Where a request comes from, who sends it, what they may see. */
const respond: Handle = async ({ event, resolve }) => {
	const requestId = visits.enter(event.route.id) ?? randomUUID();
	event.locals.requestId = requestId;
	const db = await database();
	const forged = forgery(event);
	if (forged) {
		const sender = { ...guest(identity.addressOf(event)), requestId };
		await note(event, db, sender, 'request.forged');
		return refused(event, new Refusal(403, 'other-site', forged));
	}
	event.locals.tags = new Set();
	event.locals.pieces = new Pieces();
	event.locals.db = db;
	const { name, revision } = await site.current(db);
	event.locals.siteName = name;
	event.locals.siteRevision = revision;
	event.locals.tags.add(`site@${revision}`);
	try {
		await identity.identify(event);
	} catch (thrown) {
		return refused(event, thrown);
	}
	// What a person may not see answers like what does not exist; pages do so in their group's layout.
	const isPage = event.request.method === 'GET' && !event.isDataRequest;
	const denied = isDenied(event);
	if (denied) await noteDenied(event);
	// Who sends it was asked of the primary above: a ban or a sign-out holds with the next request.
	if (isReading(event)) event.locals.db = await forReading(db);
	if (!isPage && denied) return plain(404, 'Not found');
	const resolved = await traced('render', {}, async () =>
		resolve(event, {
			// The stylesheet is one small file: preloading it before its own link gains nothing.
			preload: () => false,
			transformPageChunk({ html }) {
				event.locals.page = html;
				return '';
			}
		})
	);
	const response = withPage(event, resolved);
	if (response.status === 403) await noteDenied(event);
	setCaching(event, response);
	return response;
};

/** Faults are logged with the request's id; the reader learns the id and no more. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	const { requestId } = event.locals;
	event.locals.unavailable = (status === 500 && unreadable(error)) || undefined;
	if (status >= 500 && !event.locals.unavailable) {
		const fault = { requestId, route: event.route.id, status, stack: stackOf(error) };
		log('error', 'request.failed', fault);
	}
	return { message: status >= 500 ? 'Something went wrong on our side.' : message, requestId };
};
