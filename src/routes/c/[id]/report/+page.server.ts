import { fields } from '#lib/http/forms.ts';
import { found, orNull, refuse } from '#lib/http/refusals.ts';
import * as reports from '#lib/server/moderation/reports.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	locals: { db, actor },
	params: { id },
	request,
	url
}) => {
	const reporting = reports.forReporting(db, actor, id);
	const done = url.searchParams.has('done');
	// Words that come back with a refusal are shown, whatever has become of the comment meanwhile.
	const isBack = request.method === 'POST' || done;
	return {
		url: `/c/${id}`,
		reporting: await (isBack ? reporting.catch(orNull) : found(reporting)),
		done
	};
};

export const actions: Actions = {
	async default({ locals: { db, actor }, params: { id }, request }) {
		const kept = await fields(request, 'reason', 'note', 'revision');
		const { reason, note } = kept;
		const revision = /^\d{1,9}$/.test(kept.revision) ? Number(kept.revision) : undefined;
		try {
			await reports.report(db, actor, { id, reason, note, revision });
		} catch (thrown) {
			return refuse(thrown, kept);
		}
		redirect(303, `/c/${id}/report?done=1`);
	}
};
