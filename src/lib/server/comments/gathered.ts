import { and, desc, eq, notExists, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import type { Read } from '../database/database.ts';
import { accounts, comments, mutes } from '../database/schema.ts';
import { ownText } from '../quotes/sources.ts';
import { excerpt, plainText } from '../text/plain.ts';
import { pageOf } from './present.ts';
import { authorName } from './rows.ts';
import type { PersonView } from './view.ts';

// The newest of a long evening; the rest stand in their places.
const MOST = 20;
const EXCERPT_LENGTH = 140;

/** A comment in a list at the top of its discussion, which leads to its place. */
export interface GatheredView {
	id: string;
	/** `/c/ID` */
	url: string;
	author: PersonView;
	createdAt: Date;
	/** The beginning of its own words, as plain text. */
	excerpt: string;
}

/** What is gathered at the top of a discussion. */
export interface Gathered {
	/** The newest answers of the article's author, while the author is here. */
	answers: GatheredView[];
	/** The newest comments that editors picked. */
	picks: GatheredView[];
}

function notMuted(db: Read, { accountId }: Actor): SQL | undefined {
	if (accountId === null) return undefined;
	const mute = db
		.select({ id: mutes.mutedId })
		.from(mutes)
		.where(and(eq(mutes.accountId, accountId), eq(mutes.mutedId, comments.authorId)));
	return notExists(mute);
}

/** The newest published comments of an article among those of one partial index. */
async function newest(
	db: Read,
	actor: Actor,
	articleId: string,
	which: SQL
): Promise<GatheredView[]> {
	const rows = await db
		.select({
			id: comments.id,
			createdAt: comments.createdAt,
			body: comments.body,
			guestName: comments.guestName,
			accountName: accounts.name,
			accountRole: accounts.role
		})
		.from(comments)
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(
			and(
				eq(comments.articleId, articleId),
				which,
				eq(comments.status, 'published'),
				notMuted(db, actor)
			)
		)
		.orderBy(desc(comments.id))
		.limit(MOST);
	return rows.map(({ id, createdAt, body, accountName, accountRole, guestName }) => ({
		...{ id, url: `/c/${id}`, createdAt },
		author: {
			name: authorName({ accountName, guestName }),
			url: pageOf(accountName),
			role: accountRole ?? 'guest'
		},
		excerpt: excerpt(plainText(ownText(body)), EXCERPT_LENGTH)
	}));
}

/**
 * What is gathered at the top of an article's discussion, latest first, without those whom the actor
 * muted: one query for each list that there is. The caller has checked that the actor may see it.
 */
export async function read(
	db: Read,
	actor: Actor,
	article: { id: string; authorHere: boolean; hasPicks: boolean }
): Promise<Gathered> {
	const { id, authorHere, hasPicks } = article;
	const [answers, picks] = await Promise.all([
		authorHere ? newest(db, actor, id, sql`${comments.byAuthor}`) : [],
		hasPicks ? newest(db, actor, id, sql`${comments.pickedAt} is not null`) : []
	]);
	return { answers, picks };
}
