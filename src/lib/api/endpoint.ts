import { ownOrigin } from '#lib/http/origins.ts';
import { config } from '#lib/server/config.ts';
import { unreadable } from '#lib/server/database/unavailable.ts';
import { stackOf } from '#lib/server/faults.ts';
import { log } from '#lib/server/log.ts';
import { isRefusal, notFound } from '#lib/server/refusal.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { problem } from './json.ts';

function failed(event: Pick<RequestEvent, 'locals' | 'route'>, thrown: unknown): Response {
	if (isRefusal(thrown)) return problem(thrown);
	const unavailable = unreadable(thrown);
	if (unavailable) return problem(unavailable);
	const { requestId } = event.locals;
	const stack = stackOf(thrown);
	log('error', 'request.failed', { requestId, route: event.route.id, status: 500, stack });
	const fault = {
		status: 500,
		code: 'fault',
		message: 'Something went wrong on our side.',
		details: {}
	};
	return problem(fault, { requestId });
}

/** A handler of one method of a route, whose refusals and faults become problem documents. */
export function endpoint<Event extends Pick<RequestEvent, 'locals' | 'route'>>(
	handle: (event: Event) => Promise<Response>
): (event: Event) => Promise<Response> {
	return (event) => handle(event).catch((thrown: unknown) => failed(event, thrown));
}

/** A handler for the methods that a route does not have: tells which it has. */
export function otherMethods(...methods: string[]): (event: { request: Request }) => Response {
	const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
	return ({ request: { method } }) => {
		if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
		const message = `${method} is not possible here, only ${allow}.`;
		const refusal = { status: 405, code: 'bad-method', message, details: {} };
		return problem(refusal, { headers: { allow } });
	};
}

/** A handler for addresses where nothing is. */
export function nothingHere(): Response {
	return problem(notFound('address'));
}

/**
 * The origin that addresses in an answer begin with; '' (which makes them paths) under a host name
 * that nobody said is ours.
 */
export function originOf(request: Request): string {
	return ownOrigin(config().origin, request.headers.get('host')) ?? '';
}
