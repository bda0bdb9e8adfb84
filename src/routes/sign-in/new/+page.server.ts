import * as elsewhere from '#lib/http/elsewhere.ts';
import { fields } from '#lib/http/forms.ts';
import { found, refuse } from '#lib/http/refusals.ts';
import { finish } from '#lib/http/signing-in.ts';
import * as identities from '#lib/server/identities/identities.ts';
import * as joining from '#lib/server/identities/joining.ts';
import { allowedName } from '#lib/server/identities/profile.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': 'no-store' });
	const { profile } = await found(joining.look(event.locals.db.read, elsewhere.secretOf(event)));
	return {
		source: identities.nameOf(profile.provider),
		email: profile.email,
		proposed: allowedName(profile.name)?.name ?? ''
	};
};

export const actions: Actions = {
	async default(event) {
		const { db, actor } = event.locals;
		const { name } = await fields(event.request, 'name');
		const secret = elsewhere.secretOf(event);
		try {
			const { account, waiting } = await joining.join(db, actor, { secret, name });
			await pictures.adopt(db, account.id, waiting.profile.picture);
			elsewhere.drop(event);
			return await finish(event, account, { method: 'sign-up', next: waiting.next });
		} catch (thrown) {
			return refuse(thrown, { name });
		}
	}
};
