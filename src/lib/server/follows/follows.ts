import { and, count, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { atLeast, requireAccount, type Actor } from '../actor.ts';
import { showsCommentsTo } from '../articles/moderated.ts';
import { now } from '../clock.ts';
import { readable } from '../comments/access.ts';
import { articleOf } from '../comments/listing.ts';
import { authorName } from '../comments/rows.ts';
import { alias } from '../database/columns.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, articles, comments, follows } from '../database/schema.ts';
import * as limits from '../limits/limits.ts';
import { invalid } from '../refusal.ts';

/** What is followed: a discussion, by its article's slug, or the thread that a comment is in. */
export type Followed = { article: string } | { comment: string };

/** More than anybody keeps up with; all of them stand on one page. */
export const MOST_FOLLOWED = 500;

/** What stands for the root where the whole discussion is followed. */
const WHOLE = '';

type Subject = Pick<typeof follows.$inferSelect, 'articleId' | 'rootId'>;

async function subjectOf(db: Database, actor: Actor, followed: Followed): Promise<Subject> {
	if ('article' in followed) {
		return { articleId: (await articleOf(db, actor, followed.article)).id, rootId: WHOLE };
	}
	const { articleId, rootId } = await readable(db.read, actor, followed.comment);
	return { articleId, rootId };
}

function isOf(accountId: string, { articleId, rootId }: Subject) {
	return and(
		eq(follows.accountId, accountId),
		eq(follows.articleId, articleId),
		eq(follows.rootId, rootId)
	);
}

/**
 * Follows a discussion or thread: what is published there is told to the actor. Again is the same as once.
 * @throws {Refusal} 401, 404, 422 when the actor follows very many things, 429.
 */
export async function follow(db: Database, actor: Actor, followed: Followed): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	const subject = await subjectOf(db, actor, followed);
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		const [all] = await tx
			.select({ count: count() })
			.from(follows)
			.where(eq(follows.accountId, accountId));
		if (all.count >= MOST_FOLLOWED) {
			throw invalid('too-many', `You can follow at most ${MOST_FOLLOWED} things: leave one first.`);
		}
		await tx
			.insert(follows)
			.values({ accountId, ...subject, createdAt: now() })
			.onConflictDoNothing();
	});
}

/** Follows it no more; what is not followed stays so. @throws {Refusal} 401, 404, 429 */
export async function unfollow(db: Database, actor: Actor, followed: Followed): Promise<void> {
	requireAccount(actor);
	const subject = await subjectOf(db, actor, followed);
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		await tx.delete(follows).where(isOf(actor.accountId, subject));
	});
}

// Every reading of an article by somebody signed in asks.
const followedWhole = prepared((db: Read) =>
	db
		.select({ id: follows.rootId })
		.from(follows)
		.where(
			and(
				eq(follows.accountId, sql.placeholder('account')),
				eq(follows.articleId, sql.placeholder('article')),
				eq(follows.rootId, WHOLE)
			)
		)
		.prepare('followed_whole')
);

/** Whether the actor follows the whole discussion of an article. */
export async function isFollowed(db: Read, actor: Actor, article: string): Promise<boolean> {
	const { accountId: account } = actor;
	if (account === null) return false;
	return (await followedWhole(db).execute({ account, article })).length > 0;
}

/** Something that an account follows. */
export interface FollowView {
	article: { slug: string; url: string; title: string };
	/** Null for the whole discussion; `author` null when its root was taken down. */
	thread: { id: string; url: string; author: string | null } | null;
	since: Date;
}

const root = alias(comments, 'root');

/** Everything that the actor follows and may still see, latest first. @throws {Refusal} 401 */
export async function list(db: Database, actor: Actor): Promise<FollowView[]> {
	requireAccount(actor);
	const rows = await db.read
		.select({
			slug: articles.slug,
			title: articles.title,
			rootId: root.id,
			status: root.status,
			guestName: root.guestName,
			accountName: accounts.name,
			since: follows.createdAt
		})
		.from(follows)
		.innerJoin(articles, eq(articles.id, follows.articleId))
		.leftJoin(root, eq(root.id, follows.rootId))
		.leftJoin(accounts, eq(accounts.id, root.authorId))
		.where(
			and(
				eq(follows.accountId, actor.accountId),
				atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
				or(isNull(root.id), showsCommentsTo(actor, now()))
			)
		)
		.orderBy(desc(follows.createdAt), desc(follows.rootId))
		.limit(MOST_FOLLOWED);
	return rows.map(({ slug, title, rootId, status, guestName, accountName, since }) => ({
		article: { slug, url: `/articles/${slug}`, title },
		thread:
			rootId === null
				? null
				: {
						id: rootId,
						url: `/c/${rootId}`,
						author: status === 'published' ? authorName({ accountName, guestName }) : null
					},
		since
	}));
}
