import { and, desc, eq, gt, ne, sql } from 'drizzle-orm';
import { config } from '../../config.ts';
import type { Read } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { accounts, comments } from '../../database/schema.ts';
import { idBefore } from '../../ids.ts';
import type { OutsideAnswer } from './outside/answer.ts';
import { LAST_LOOKED_AT, type Rules } from './rules.ts';
import { nearlyAny } from './similarity.ts';
import { ownWords, type Subject } from './subject.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How many of somebody's last comments are compared with a new one. */
const COMPARED = 3;
// What is shorter is said by many in good faith: "Thank you for this article!"
const SAID_BY_ONE = 60;

/** How a text was said before. */
export type Repeated = 'by-author' | 'nearly-by-author' | 'by-other' | null;

/** What the phases go by beside the text. */
export interface Facts {
	rules: Rules;
	repeated: Repeated;
	outside: OutsideAnswer[];
	/** Comments of the author that are published, of the last fifty; counted up to `newUntil`. */
	published: number;
	/** Comments of the author in the last `floodMinutes`. */
	latest: number;
	/** Accounts of the last day, this one with them, that wrote on the article in the last `floodMinutes`. */
	newcomers: number;
	/** Everything by the author waits for a moderator. */
	approvalRequired: boolean;
	/** Everything on the article waits for a moderator. */
	premoderated: boolean;
}

/** Who writes where; `commentId` is the comment that is edited, '' for a new one. */
export interface Writing {
	accountId: string;
	articleId: string;
	commentId: string;
}

const isNotItself = ne(comments.id, sql.placeholder('comment'));

const lastTexts = prepared((db: Read) =>
	db
		.select({ blocks: comments.blocks, textKey: comments.textKey })
		.from(comments)
		.where(and(eq(comments.authorId, sql.placeholder('account')), isNotItself))
		.orderBy(desc(comments.id))
		.limit(COMPARED)
		.prepare('last_texts')
);

const sameText = prepared((db: Read) =>
	db
		.select({ authorId: comments.authorId })
		.from(comments)
		.where(
			and(
				eq(comments.textKey, sql.placeholder('key')),
				gt(comments.id, sql.placeholder('since')),
				isNotItself
			)
		)
		.limit(1)
		.prepare('same_text')
);

/**
 * How the text was said before: by its author among the last comments, or, if it is longer than a
 * courtesy, by anybody in the last day. The operator ends looking for that with the other limits, for
 * load tests.
 */
export async function repeated(db: Read, writing: Writing, subject: Subject): Promise<Repeated> {
	const { textKey, text } = subject;
	if (textKey === null || !config().rateLimits) return null;
	const { accountId: account, commentId: comment } = writing;
	const own = await lastTexts(db).execute({ account, comment });
	if (own.some((row) => row.textKey === textKey)) return 'by-author';
	const since = idBefore(DAY);
	const [same] = await sameText(db).execute({ key: textKey, comment, since });
	if (same?.authorId === account) return 'by-author';
	if (same && text.length > SAID_BY_ONE) return 'by-other';
	const before = own.map((row) => ownWords(row.blocks));
	return nearlyAny(text, before) ? 'nearly-by-author' : null;
}

const publishedOf = prepared((db: Read) => {
	const last = db
		.select({ status: comments.status })
		.from(comments)
		.where(and(eq(comments.authorId, sql.placeholder('account')), isNotItself))
		.orderBy(desc(comments.id))
		.limit(LAST_LOOKED_AT)
		.as('last');
	return db
		.select({ status: last.status })
		.from(last)
		.where(eq(last.status, 'published'))
		.limit(sql.placeholder('enough'))
		.prepare('last_published');
});

const latestOf = prepared((db: Read) =>
	db
		.select({ id: comments.id })
		.from(comments)
		.where(
			and(
				eq(comments.authorId, sql.placeholder('account')),
				gt(comments.id, sql.placeholder('since')),
				isNotItself
			)
		)
		.limit(LAST_LOOKED_AT)
		.prepare('latest_comments')
);

const newOn = prepared((db: Read) =>
	db
		.selectDistinct({ id: accounts.id })
		.from(comments)
		.innerJoin(accounts, eq(accounts.id, comments.authorId))
		.where(
			and(
				eq(comments.articleId, sql.placeholder('article')),
				gt(comments.id, sql.placeholder('since')),
				gt(accounts.id, sql.placeholder('signedUpSince'))
			)
		)
		.limit(LAST_LOOKED_AT + 1)
		.prepare('newcomers_on')
);

/** Whether floods are looked for; the operator ends that with the other limits, for load tests. */
function floodsOf(rules: Rules): Pick<Rules, 'floodComments' | 'floodNewcomers'> {
	return config().rateLimits ? rules : { floodComments: 0, floodNewcomers: 0 };
}

async function newcomersOn(db: Read, writing: Writing, minutes: number): Promise<number> {
	const signedUpSince = idBefore(DAY);
	if (writing.accountId < signedUpSince) return 0;
	const since = idBefore(minutes * MINUTE);
	const rows = await newOn(db).execute({ article: writing.articleId, since, signedUpSince });
	return rows.length + (rows.some(({ id }) => id === writing.accountId) ? 0 : 1);
}

/** What is known of the author and of what goes on, at the moment of writing. */
export async function habits(
	db: Read,
	writing: Writing,
	rules: Rules
): Promise<Pick<Facts, 'published' | 'latest' | 'newcomers'>> {
	const { accountId: account, commentId: comment } = writing;
	const { floodComments, floodNewcomers } = floodsOf(rules);
	const { newUntil: enough, floodMinutes } = rules;
	const since = idBefore(floodMinutes * MINUTE);
	const published = enough && (await publishedOf(db).execute({ account, comment, enough })).length;
	const latest = floodComments && (await latestOf(db).execute({ account, comment, since })).length;
	const newcomers = floodNewcomers && (await newcomersOn(db, writing, floodMinutes));
	return { published, latest, newcomers };
}
