import { fields } from '#lib/http/forms.ts';
import { partyOf } from '#lib/http/relying-party.ts';
import { secretOf } from '#lib/http/second-step.ts';
import * as passkeys from '#lib/server/accounts/factors/passkeys.ts';
import * as secondStep from '#lib/server/accounts/factors/second-step.ts';
import { requireAccount } from '#lib/server/actor.ts';
import { isRefusal, notFound } from '#lib/server/refusal.ts';
import { json, type RequestEvent } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** What a browser asks for a passkey by, for each purpose. */
const QUESTIONS: Record<string, (event: RequestEvent) => Promise<object>> = {
	add: (event) => passkeys.toAdd(event.locals.db, event.locals.actor, partyOf(event)),
	'sign-in': (event) => ask(event, null),
	async 'second-step'(event) {
		const waiting = await secondStep.look(event.locals.db.read, secretOf(event));
		if (!waiting) throw notFound('sign-in that waits');
		return ask(event, waiting.accountId);
	},
	async confirm(event) {
		const { actor } = event.locals;
		requireAccount(actor);
		return ask(event, actor.accountId);
	}
};

function ask(event: RequestEvent, accountId: string | null): Promise<object> {
	return passkeys.toUse(event.locals.db, event.locals.actor, partyOf(event), accountId);
}

export const POST: RequestHandler = async (event) => {
	const { purpose } = await fields(event.request, 'purpose');
	try {
		if (!Object.hasOwn(QUESTIONS, purpose)) throw notFound('use of passkeys');
		const headers = { 'cache-control': 'no-store' };
		return json(await QUESTIONS[purpose](event), { headers });
	} catch (thrown) {
		if (!isRefusal(thrown)) throw thrown;
		return json({ message: thrown.message }, { status: thrown.status });
	}
};
