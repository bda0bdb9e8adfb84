import { and, desc, eq, isNotNull, isNull, lt, lte, or } from 'drizzle-orm';
import { system } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read } from '../database/database.ts';
import { articles, commentingStates, comments } from '../database/schema.ts';
import * as settings from '../settings/settings.ts';
import { closingOf, mayClose, type Closing } from './closing-rules.ts';
import { change, lock } from './commenting-change.ts';
import { allowsPosting } from './commenting-rules.ts';
import { COMMENTING_STATES, type CommentingState } from './commenting-states.ts';
import {
	discussionDefaults,
	rulesFor,
	type ClosingColumns,
	type ClosingRules
} from './discussion-defaults.ts';

// Many enough that a paper's open discussions are few pages, few enough that nobody waits for one.
const PAGE = 500;

interface Candidate extends ClosingColumns {
	id: string;
	slug: string;
	publishedAt: Date;
}

const columns = {
	id: articles.id,
	slug: articles.slug,
	publishedAt: articles.publishedAt,
	closeAfterDays: articles.closeAfterDays,
	closeAfterSilentDays: articles.closeAfterSilentDays,
	openHours: articles.openHours
};

/** A page of the published articles that are open in this state without a time, latest first. */
async function pageOf(
	db: Read,
	state: CommentingState,
	after: Candidate | undefined
): Promise<Candidate[]> {
	const rows = await db
		.select(columns)
		.from(articles)
		.where(
			and(
				eq(articles.commenting, state),
				isNotNull(articles.publishedAt),
				// What a person set for a time keeps its time.
				isNull(articles.commentingUntil),
				after && lte(articles.publishedAt, after.publishedAt),
				after && or(lt(articles.publishedAt, after.publishedAt), lt(articles.id, after.id))
			)
		)
		.orderBy(desc(articles.publishedAt), desc(articles.id))
		.limit(PAGE);
	return rows.map((row) => ({ ...row, publishedAt: row.publishedAt! }));
}

/** When the last comment was published in a discussion, and when a person last set its state. */
async function lastIn(db: Read, articleId: string) {
	const [[comment], [state]] = await Promise.all([
		db
			.select({ at: comments.createdAt })
			.from(comments)
			.where(and(eq(comments.articleId, articleId), eq(comments.status, 'published')))
			.orderBy(desc(comments.id))
			.limit(1),
		db
			.select({ at: commentingStates.createdAt })
			.from(commentingStates)
			.where(and(eq(commentingStates.articleId, articleId), isNotNull(commentingStates.actorId)))
			.orderBy(desc(commentingStates.id))
			.limit(1)
	]);
	return { lastCommentAt: comment?.at ?? null, setAt: state?.at ?? null };
}

async function closingNow(
	db: Read,
	article: Candidate,
	rules: ClosingRules
): Promise<Closing | null> {
	const { id, publishedAt } = article;
	return closingOf({ publishedAt, ...(await lastIn(db, id)) }, rules, now());
}

/** Closes an article, if it still is to be closed once it is locked. */
async function close(db: Database, slug: string, site: ClosingRules): Promise<boolean> {
	return db.write(async (tx) => {
		const article = await lock(tx, system, slug);
		const { publishedAt, commenting, commentingUntil } = article;
		// Another process may have been quicker.
		if (publishedAt === null || commentingUntil !== null || !allowsPosting(commenting))
			return false;
		const rules = rulesFor(article, site);
		const closing = await closingNow(tx, { ...article, publishedAt }, rules);
		if (!closing) return false;
		await change(tx, system, article, { state: 'disabled', ...closing }, now());
		return true;
	});
}

/**
 * Closes the discussions whose time is over, and those that are outside their hours until they open
 * again; returns how many. Looks at the open ones page by page.
 */
export async function closeDue(db: Database): Promise<number> {
	const { value: site } = await settings.current(db.read, discussionDefaults);
	let closed = 0;
	for (const state of COMMENTING_STATES.filter(allowsPosting)) {
		let page: Candidate[] = [];
		do {
			page = await pageOf(db.read, state, page.at(-1));
			for (const article of page) {
				const rules = rulesFor(article, site);
				if (!mayClose(article.publishedAt, rules, now())) continue;
				if (!(await closingNow(db.read, article, rules))) continue;
				closed += Number(await close(db, article.slug, site));
			}
		} while (page.length === PAGE);
	}
	return closed;
}
