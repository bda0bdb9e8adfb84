import { originOf } from '#lib/http/cookies.ts';
import * as elsewhere from '#lib/http/elsewhere.ts';
import { fields } from '#lib/http/forms.ts';
import { safePath } from '#lib/http/paths.ts';
import { errorOf, problemOf, refuse } from '#lib/http/refusals.ts';
import * as sso from '#lib/server/identities/single-sign-on.ts';
import type { Actions, PageServerLoad } from './$types';

const PATH = '/sign-in/sso';

/**
 * Where the newsroom sends a browser with a token. Only a browser that we sent there is signed in at
 * once; any other is asked first, so that no link signs somebody in to another's account.
 */
export const load: PageServerLoad = async (event) => {
	const { db, actor } = event.locals;
	const { searchParams } = event.url;
	const audience = originOf(event);
	const secret = elsewhere.secretOf(event);
	const [token, state] = ['token', 'state'].map((name) => searchParams.get(name) ?? '');
	const next = safePath(searchParams.get('next'));
	event.setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
	try {
		const { name: source } = sso.settings();
		if (token === '') return { source, next };
		const sent = await sso.sentBy(db, actor, { secret, state });
		if (!sent) return { source, next, token, name: await sso.nameIn(token, audience) };
		const arrival = await sso.enter(db, actor, { token, audience, secret, sent, next: sent.next });
		return await elsewhere.welcome(event, arrival, { method: 'single-sign-on', next: sent.next });
	} catch (thrown) {
		const problem = problemOf(thrown);
		if (problem.code === 'not-found') return errorOf(thrown);
		return { source: sso.settings().name, next, problem };
	}
};

export const actions: Actions = {
	async go(event) {
		const { db, actor } = event.locals;
		const next = safePath((await fields(event.request, 'next')).next);
		const back = originOf(event) + PATH;
		try {
			const { url, secret } = await sso.begin(db, actor, { next, links: false, back });
			elsewhere.keep(event, secret, sso.MINUTES);
			return { url };
		} catch (thrown) {
			return refuse(thrown, {});
		}
	},

	async enter(event) {
		const { db, actor } = event.locals;
		const { token, next } = await fields(event.request, 'token', 'next');
		const audience = originOf(event);
		try {
			const input = { token, audience, next: safePath(next), secret: '', sent: null };
			const arrival = await sso.enter(db, actor, input);
			return await elsewhere.welcome(event, arrival, { method: 'single-sign-on', next });
		} catch (thrown) {
			return refuse(thrown, {});
		}
	}
};
