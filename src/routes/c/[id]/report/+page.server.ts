import { fields } from '#lib/http/forms.ts';
import { found, orNull, refuse } from '#lib/http/refusals.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as notices from '#lib/server/moderation/notices.ts';
import * as reports from '#lib/server/moderation/reports.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['reason', 'note', 'law', 'revision', 'good-faith'] as const;
const UNSIGNED = ['name', 'email', 'child-abuse', 'secret', 'website'] as const;

export const load: PageServerLoad = async ({
	locals: { db, actor },
	params: { id },
	request,
	setHeaders,
	url
}) => {
	// Each form has a secret of its own.
	setHeaders({ 'cache-control': 'no-store' });
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

type Sent = Record<(typeof SAID)[number] | (typeof UNSIGNED)[number], string>;

/** Sends a report, or the notice of somebody without an account. @returns where it leads */
async function send(db: Database, actor: Actor, id: string, sent: Sent): Promise<string> {
	const { reason, note, law, name, email, secret } = sent;
	const revision = /^\d{1,9}$/.test(sent.revision) ? Number(sent.revision) : undefined;
	const said = { id, reason, note, law, revision, goodFaith: sent['good-faith'] !== '' };
	const done = `/c/${id}/report?done=1`;
	if (actor.accountId !== null) {
		await reports.report(db, actor, said);
		return done;
	}
	const unsigned = { name, email, childAbuse: sent['child-abuse'] !== '' };
	const input = { ...said, ...unsigned, secret, trap: sent.website };
	const receipt = await notices.give(db, actor, input);
	return receipt ? `/reports/${receipt.id}?key=${receipt.secret}&sent=1` : done;
}

export const actions: Actions = {
	async default({ locals: { db, actor }, params: { id }, request }) {
		const sent = await fields(request, ...SAID, ...UNSIGNED);
		let next: string;
		try {
			next = await send(db, actor, id, sent);
		} catch (thrown) {
			const { secret: _, website: __, ...kept } = sent;
			return refuse(thrown, kept);
		}
		redirect(303, next);
	}
};
