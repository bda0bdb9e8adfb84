import { fields } from '#lib/http/forms.ts';
import { found, orNull, refuse } from '#lib/http/refusals.ts';
import * as reports from '#lib/server/problems/report.ts';
import { isPassageKey } from '#lib/server/text/passages.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, request, setHeaders, url } = event;
	const { db, actor } = locals;
	const key = url.searchParams.get('passage') ?? '';
	const passageKey = isPassageKey(key) ? key : '';
	// Its form has a secret of its own.
	setHeaders({ 'cache-control': 'no-store' });
	const reporting = reports.forReporting(db, actor, params.slug, passageKey);
	// Words that come back with a refusal are shown, whatever has become of the article meanwhile.
	const isBack = request.method === 'POST';
	return {
		url: `/articles/${encodeURIComponent(params.slug)}`,
		origin: url.origin,
		reporting: await (isBack ? reporting.catch(orNull) : found(reporting)),
		passageKey,
		selected: url.searchParams.get('words') ?? ''
	};
};

const WRITTEN = ['kind', 'words', 'passage', 'passageKey', 'version', 'email', 'secret'] as const;

export const actions: Actions = {
	async default({ locals: { db, actor }, params: { slug }, request }) {
		const { homepage, ...kept } = await fields(request, ...WRITTEN, 'homepage');
		const version = /^[1-9]\d{0,8}$/.test(kept.version) ? Number(kept.version) : undefined;
		let sent: reports.Sent;
		try {
			sent = await reports.send(db, actor, { ...kept, article: slug, version, trap: homepage });
		} catch (thrown) {
			const failed = refuse(thrown, kept);
			// Other words were sent with this secret before.
			if (failed.data.problem.code === 'key-reused') failed.data.secret = '';
			return failed;
		}
		if (sent.secret === null) redirect(303, `/problems/${sent.id}?sent=1`);
		return { sent: `/problems/${sent.id}?key=${sent.secret}` };
	}
};
