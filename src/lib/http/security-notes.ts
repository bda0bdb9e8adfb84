import type { Actor } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import { stackOf } from '#lib/server/faults.ts';
import { log } from '#lib/server/log.ts';
import * as events from '#lib/server/security/events.ts';
import type { RequestEvent } from '@sveltejs/kit';

const LONGEST = 200;

type Noted = 'request.forged' | 'request.denied';

/**
 * Keeps that a request was refused, with its method and path. The refusal stands also where that
 * cannot be kept.
 */
export async function note(
	event: Pick<RequestEvent, 'request' | 'url'>,
	db: Database,
	actor: Actor,
	kind: Noted
): Promise<void> {
	const { method, headers } = event.request;
	// A path holds no secret: those of links are in the query.
	const details: Record<string, string> = { method, path: event.url.pathname.slice(0, LONGEST) };
	const origin = headers.get('origin');
	if (kind === 'request.forged' && origin !== null) details.origin = origin.slice(0, LONGEST);
	try {
		await events.record(db, actor, kind, { details });
	} catch (thrown) {
		log('error', 'security.not-kept', { kind, stack: stackOf(thrown) });
	}
}
