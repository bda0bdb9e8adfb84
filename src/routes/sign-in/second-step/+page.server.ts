import { fields } from '#lib/http/forms.ts';
import { refuse } from '#lib/http/refusals.ts';
import { hasPasskeys, partyOf } from '#lib/http/relying-party.ts';
import * as waitingStep from '#lib/http/second-step.ts';
import { enter } from '#lib/http/signing-in.ts';
import * as secondFactors from '#lib/server/accounts/factors/second-factors.ts';
import * as secondStep from '#lib/server/accounts/factors/second-step.ts';
import { requireAccount } from '#lib/server/actor.ts';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { db } = event.locals;
	const waiting = await secondStep.look(db.read, waitingStep.secretOf(event));
	event.setHeaders({ 'cache-control': 'no-store' });
	if (!waiting) {
		// Whose answer came too late reads that first.
		if (event.request.method !== 'POST') redirect(303, '/sign-in');
		return { waits: false, authenticator: false, passkey: false };
	}
	const { authenticator, passkey } = await secondFactors.of(db.read, waiting.accountId);
	return { waits: true, authenticator, passkey: passkey && hasPasskeys(event) };
};

/** The sign-in is whole. @throws SvelteKit's redirect, always. */
async function end(event: RequestEvent, waiting: secondStep.Waiting): Promise<never> {
	waitingStep.drop(event);
	const { accountId, ...rest } = waiting;
	return enter(event, accountId, { ...rest, withSecondFactor: true });
}

export const actions: Actions = {
	async code(event) {
		const { db, actor } = event.locals;
		const { code } = await fields(event.request, 'code');
		const secret = waitingStep.secretOf(event);
		try {
			await end(event, await secondStep.answer(db, actor, { secret, code }));
		} catch (thrown) {
			return refuse(thrown, {});
		}
	},

	async passkey(event) {
		const { db, actor } = event.locals;
		const { response } = await fields(event.request, 'response');
		const secret = waitingStep.secretOf(event);
		try {
			const input = { secret, response };
			await end(event, await secondStep.answerByPasskey(db, actor, partyOf(event), input));
		} catch (thrown) {
			return refuse(thrown, {});
		}
	},

	/** Asks somebody who is signed in, in a session without it, for their second factor. */
	async begin(event) {
		const { db, actor } = event.locals;
		const { next } = await fields(event.request, 'next');
		try {
			requireAccount(actor);
			const { accountId } = actor;
			if (!(await secondFactors.has(db.read, accountId))) redirect(303, '/account/security');
			await waitingStep.begin(event, { accountId, method: 'password', next });
		} catch (thrown) {
			return refuse(thrown, {});
		}
		redirect(303, '/sign-in/second-step');
	}
};
