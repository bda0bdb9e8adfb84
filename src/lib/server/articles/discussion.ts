import { eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { atLeast, requireRole, within, type Actor } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import { articles, bylines } from '../database/schema.ts';
import { record } from '../moderation/log.ts';
import { invalid, notFound } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';
import { render } from './accepted.ts';
import { lock, type LockedArticle } from './commenting-change.ts';
import { days, type ClosingColumns } from './discussion-defaults.ts';
import { weeklyHours } from './opening-hours.ts';
import { SLOW_SECONDS, type SlowColumns } from './slow-mode.ts';
import { SLOW_MODES } from './slow-modes.ts';
import { hasSlug } from './slugs.ts';

// A few paragraphs; the composer should not be out of sight because of them.
const MESSAGE_LENGTH = 2000;

/** How an article's discussion is arranged. */
export interface Arrangement extends SlowColumns, ClosingColumns {
	/** Markdown, shown above the composer; '' for none. */
	message: string;
	/** The byline's account answers here now. */
	authorHere: boolean;
	/** Staff may write while commenting is disabled. */
	staffMaySpeak: boolean;
}

/** An article's discussion, for the form that arranges it. */
export interface DiscussionForEditing extends Arrangement {
	title: string;
	/** The author's name, if the byline belongs to an account. */
	author: string | null;
}

const given = v.partial(
	v.object({
		slowMode: v.picklist(SLOW_MODES, 'Please choose one of the slow modes.'),
		slowSeconds: v.pipe(v.number('Please give a number of seconds.'), v.integer()),
		closeAfterDays: v.nullable(days),
		closeAfterSilentDays: v.nullable(days),
		openHours: v.nullable(weeklyHours),
		message: v.string(),
		authorHere: v.boolean(),
		staffMaySpeak: v.boolean()
	})
);

/** What moderators may arrange, and not only editors. */
const FOR_MODERATORS = new Set(['slowMode', 'slowSeconds']);

function accept(input: Partial<Arrangement>): Partial<Arrangement> {
	const read = v.safeParse(given, input);
	if (!read.success) {
		const [issue] = read.issues;
		const [field] = issue.path ?? [];
		throw invalid('bad-discussion', issue.message, String(field?.key));
	}
	const { message } = read.output;
	if (message === undefined) return read.output;
	const text = normaliseText(message).trim();
	if (text.length <= MESSAGE_LENGTH) return { ...read.output, message: text };
	throw invalid('too-long', `A message has at most ${MESSAGE_LENGTH} characters.`, 'message');
}

/** The spacing after a change: nothing to keep while it is off. */
function slowColumns({ slowMode, slowSeconds }: SlowColumns): SlowColumns {
	const { least, most } = SLOW_SECONDS;
	if (slowMode === 'off') return { slowMode, slowSeconds: 0 };
	if (slowSeconds >= least && slowSeconds <= most) return { slowMode, slowSeconds };
	throw invalid('bad-spacing', `Please give from ${least} to ${most} seconds.`, 'slowSeconds');
}

function arrangementOf(article: Arrangement): Arrangement {
	const { slowMode, slowSeconds, closeAfterDays, closeAfterSilentDays, openHours } = article;
	const { message, authorHere, staffMaySpeak } = article;
	return {
		...{ slowMode, slowSeconds, closeAfterDays, closeAfterSilentDays, openHours },
		...{ message, authorHere, staffMaySpeak }
	};
}

/** A value as the log keeps it. */
function logged(value: Arrangement[keyof Arrangement]): string | null {
	if (value === null) return null;
	if (typeof value !== 'object') return String(value);
	// PostgreSQL keeps what it is given in an order of its own.
	return JSON.stringify({ zone: value.zone, days: value.days });
}

/** What differs, as the log keeps it. */
function changes(before: Arrangement, after: Arrangement): Record<string, string | null> {
	return Object.fromEntries(
		(Object.keys(after) as (keyof Arrangement)[])
			.map((field) => [field, logged(after[field]), logged(before[field])] as const)
			.filter(([, to, from]) => to !== from)
			.map(([field, to]) => [field, to])
	);
}

/** @throws {Refusal} 422 where nobody could answer as the author */
async function assertHasAuthor(tx: Tx, { bylineId }: LockedArticle): Promise<void> {
	const [byline] =
		bylineId === null
			? []
			: await tx
					.select({ accountId: bylines.accountId })
					.from(bylines)
					.where(eq(bylines.id, bylineId));
	if (byline?.accountId) return;
	const words = 'The byline of this article does not belong to an account.';
	throw invalid('no-author', words, 'authorHere');
}

/**
 * Arranges an article's discussion; what is absent stays as it is. Slow mode is for moderators of its
 * category too, the rest for editors.
 * @throws {Refusal} 401, 403, 404, 422 naming the field that cannot be.
 */
export async function arrange(
	db: Database,
	actor: Actor,
	slug: string,
	input: Partial<Arrangement>
): Promise<void> {
	requireRole(actor, 'moderator');
	const wanted = accept(input);
	if (Object.keys(wanted).some((field) => !FOR_MODERATORS.has(field))) {
		requireRole(actor, 'editor');
	}
	const messageHtml = wanted.message ? render(wanted.message, 'message') : '';
	await db.write(async (tx) => {
		const article = await lock(tx, actor, slug);
		const before = arrangementOf(article);
		const after = { ...before, ...wanted };
		Object.assign(after, slowColumns(after));
		const details = changes(before, after);
		if (Object.keys(details).length === 0) return;
		if (after.authorHere && !before.authorHere) await assertHasAuthor(tx, article);
		await tx
			.update(articles)
			.set({
				...after,
				...('message' in details ? { messageHtml } : {}),
				revision: sql`${articles.revision} + 1`
			})
			.where(eq(articles.id, article.id));
		const subject = { articleId: article.id };
		await record(tx, actor, { kind: 'article.discussion', subject, details });
	});
}

/**
 * An article's discussion to arrange.
 * @throws {Refusal} 401 or 403 for all but moderators of its category, 404, drafts but for editors too.
 */
export async function forEditing(
	db: Database,
	actor: Actor,
	slug: string
): Promise<DiscussionForEditing> {
	requireRole(actor, 'moderator');
	const [row] = await db.read
		.select({ article: articles, author: bylines.name, accountId: bylines.accountId })
		.from(articles)
		.leftJoin(bylines, eq(bylines.id, articles.bylineId))
		.where(hasSlug(articles, slug));
	if (!row || (row.article.publishedAt === null && !atLeast(actor, 'editor'))) {
		throw notFound('article');
	}
	const { article, author, accountId } = row;
	requireRole(within(actor, article.categoryId), 'moderator');
	return {
		...arrangementOf(article),
		title: article.title,
		author: accountId === null ? null : author
	};
}
