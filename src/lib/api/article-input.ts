import { requireRole, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Database } from '#lib/server/database/database.ts';
import { invalid } from '#lib/server/refusal.ts';
import type { Shape } from './schemas.ts';

type Change = Shape<'ArticleChange'>;

/** Undefined stays undefined (unchanged), null becomes '' (emptied). */
function emptied(text: string | null | undefined): string | undefined {
	return text === null ? '' : text;
}

/** A whole group that is null empties each of its fields. */
function group<Field extends string>(
	fields: Partial<Record<Field, string | null>> | null | undefined,
	field: Field
): string | undefined {
	return fields === null ? '' : emptied(fields?.[field]);
}

/** What an editor writes, in the words of the forms, without the fields that were not sent. */
function words(input: Omit<Change, 'commenting'>): write.ArticleChange {
	const all: write.ArticleChange = {
		title: input.title,
		standfirst: emptied(input.standfirst),
		body: input.body,
		category: emptied(input.category),
		byline: emptied(input.byline),
		sourceName: group(input.source, 'name'),
		sourceUrl: group(input.source, 'url'),
		imageUrl: group(input.image, 'url'),
		imageAlt: group(input.image, 'alt'),
		imageCredit: group(input.image, 'credit'),
		url: emptied(input.canonical_url),
		published: input.published,
		version: input.version
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const BLANK: Omit<write.ArticleInput, 'title' | 'body'> = {
	standfirst: '',
	category: '',
	byline: '',
	sourceName: '',
	sourceUrl: '',
	imageUrl: '',
	imageAlt: '',
	imageCredit: '',
	url: '',
	published: true
};

/** A new article as the domain takes it. */
export function asInput(input: Shape<'NewArticle'>): write.ArticleInput {
	const { title, body, slug, commenting } = input;
	return { ...BLANK, ...words(input), title, body, slug, commenting };
}

function timeOf(text: string | null | undefined): Date | null {
	if (text == null) return null;
	const time = new Date(text);
	if (!Number.isNaN(time.getTime())) return time;
	throw invalid('bad-time', 'There is no such time.', 'until');
}

function commentingOf(change: Change): commenting.CommentingInput | null {
	if (change.commenting === undefined) return null;
	const {
		state,
		reason = change.reason,
		note = change.note,
		until = change.until
	} = typeof change.commenting === 'string' ? { state: change.commenting } : change.commenting;
	return { state, reason, note, until: timeOf(until) };
}

/**
 * Changes an article: an editor any of it, a moderator its comment state.
 * @throws {Refusal} 401, 403, 404, 409 when it was edited meanwhile, 422.
 */
export async function change(
	db: Database,
	actor: Actor,
	slug: string,
	input: Change
): Promise<void> {
	requireRole(actor, 'moderator');
	// Drafts are not for moderators.
	await articles.read(db, actor, slug);
	const state = commentingOf(input);
	const text = words(input);
	if (Object.keys(text).length > 0) await write.edit(db, actor, slug, text);
	if (state) await commenting.set(db, actor, slug, state);
}
