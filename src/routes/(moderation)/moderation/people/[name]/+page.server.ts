import { readTime } from '#lib/forms/commenting.ts';
import { confirmFirst } from '#lib/http/confirm.ts';
import { fields } from '#lib/http/forms.ts';
import { errorOf, found, orNull, refuse } from '#lib/http/refusals.ts';
import * as previousNames from '#lib/server/accounts/names/previous-names.ts';
import { isStaff, type Actor } from '#lib/server/actor.ts';
import * as comments from '#lib/server/comments/comments.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as history from '#lib/server/moderation/people/history.ts';
import * as notes from '#lib/server/moderation/people/notes.ts';
import * as people from '#lib/server/moderation/people/record.ts';
import * as reports from '#lib/server/moderation/people/reports.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** The comment that the record was opened from; null when somebody else wrote it. */
async function openedFrom(db: Database, actor: Actor, id: string | null, url: string) {
	const comment = id === null ? null : await comments.read(db, actor, id).catch(orNull);
	return comment?.author?.url === url && comment.blocks ? comment : null;
}

export const load: PageServerLoad = async ({ locals: { db, actor }, params, url }) => {
	const person = await people.read(db, actor, params.name).catch(async (thrown: unknown) => {
		const now = isStaff(actor) ? await previousNames.nowCalled(db.read, params.name) : null;
		return now === null ? errorOf(thrown) : redirect(302, people.recordUrl(now));
	});
	const from = (list: string) => ({
		...{ accountId: person.id, name: person.name },
		cursor: url.searchParams.get(list)
	});
	const none = { items: [], next: null };
	const { id: _, ...shown } = person;
	return {
		person: shown,
		history: await found(history.list(db, actor, from('history'))),
		notes: person.mayNote ? await found(notes.list(db, actor, from('notes'))) : none,
		about: await found(reports.about(db, actor, from('about'))),
		by: await found(reports.by(db, actor, from('by'))),
		comment: await openedFrom(db, actor, url.searchParams.get('from'), person.url),
		record: people.recordUrl(person.name),
		done: url.searchParams.get('done'),
		removed: Number(/^\d{1,3}$/.exec(url.searchParams.get('removed') ?? '')?.[0] ?? 0)
	};
};

export const actions: Actions = {
	async sanction(event) {
		const { db, actor } = event.locals;
		const { name } = event.params;
		const names = ['kind', 'ground', 'reason', 'law', 'until', 'removing'] as const;
		const form = await fields(event.request, ...names);
		let removed: number;
		try {
			const until = readTime(form.until, 'until');
			removed = await sanctions.lay(db, actor, { ...form, name, until });
		} catch (thrown) {
			confirmFirst(event, thrown);
			return refuse(thrown, { sanction: form });
		}
		redirect(303, `${people.recordUrl(name)}?done=sanction&removed=${removed}`);
	},

	async lift({ locals: { db, actor }, params: { name }, request }) {
		const form = await fields(request, 'kind', 'reason');
		try {
			await sanctions.lift(db, actor, { ...form, name });
		} catch (thrown) {
			return refuse(thrown, { lift: form });
		}
		redirect(303, `${people.recordUrl(name)}?done=lift`);
	},

	async picture({ locals: { db, actor }, params: { name }, request }) {
		const { reason } = await fields(request, 'reason');
		try {
			await pictures.take(db, actor, { name, reason });
		} catch (thrown) {
			return refuse(thrown, { picture: { reason } });
		}
		redirect(303, `${people.recordUrl(name)}?done=picture`);
	},

	async note({ locals: { db, actor }, params: { name }, request }) {
		const { note } = await fields(request, 'note');
		try {
			await notes.add(db, actor, { name, note });
		} catch (thrown) {
			return refuse(thrown, { note });
		}
		redirect(303, `${people.recordUrl(name)}?done=note#notes`);
	}
};
