import { and, count, desc, eq, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm';
import { atLeast, requireAccount, type Actor, type Member } from '../actor.ts';
import { showsCommentsTo } from '../articles/moderated.ts';
import { now } from '../clock.ts';
import { authorName } from '../comments/rows.ts';
import { personUrl } from '../comments/present.ts';
import type { PersonView } from '../comments/view.ts';
import { decodeCursor, encodeCursor, takePage } from '../cursors.ts';
import type { Database, Read } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, articles, comments, mutes, notifications } from '../database/schema.ts';
import { isId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { ownText } from '../quotes/sources.ts';
import { excerpt, plainText } from '../text/plain.ts';
import { MOST_COUNTED, type NotificationKind } from './kinds.ts';

const PAGE = 30;
// Some of what is unread may have been taken down since.
const MOST_LOOKED_AT = 300;
const EXCERPT_LENGTH = 160;

/** Something that an account is told. */
export interface NotificationView {
	id: string;
	kind: NotificationKind;
	at: Date;
	read: boolean;
	/** The comment: `/c/ID`. */
	url: string;
	commentId: string;
	author: PersonView;
	article: { slug: string; title: string };
	/** The beginning of the comment's own words, as plain text. */
	excerpt: string;
}

/** The condition that a comment may still be read, by somebody who has not muted its author. */
function stillShown(db: Read, actor: Member) {
	const mute = db
		.select({ id: mutes.mutedId })
		.from(mutes)
		.where(and(eq(mutes.accountId, actor.accountId), eq(mutes.mutedId, comments.authorId)));
	return and(
		eq(comments.status, 'published'),
		atLeast(actor, 'editor') ? undefined : isNotNull(articles.publishedAt),
		showsCommentsTo(actor, now()),
		notExists(mute)
	);
}

function selectShown(db: Read) {
	return db
		.select({
			id: notifications.id,
			kind: notifications.kind,
			at: notifications.createdAt,
			readAt: notifications.readAt,
			commentId: comments.id,
			body: comments.body,
			guestName: comments.guestName,
			accountName: accounts.name,
			accountRole: accounts.role,
			slug: articles.slug,
			title: articles.title
		})
		.from(notifications)
		.innerJoin(comments, eq(comments.id, notifications.commentId))
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.$dynamic();
}
type Row = Awaited<ReturnType<typeof selectShown>>[number];

function view(row: Row): NotificationView {
	const { id, kind, at, commentId, accountName, slug, title } = row;
	return {
		...{ id, kind, at, read: row.readAt !== null, url: `/c/${commentId}`, commentId },
		author: {
			name: authorName(row),
			url: accountName === null ? null : personUrl(accountName),
			role: row.accountRole ?? 'guest'
		},
		article: { slug, title },
		excerpt: excerpt(plainText(ownText(row.body)), EXCERPT_LENGTH)
	};
}

/**
 * What the actor was told, newest first, as far as it may still be read: a comment's words stand here
 * only while they stand there.
 * @throws {Refusal} 401, 400 for a bad cursor.
 */
export async function list(
	db: Database,
	actor: Actor,
	input: { cursor?: string | null } = {}
): Promise<{ items: NotificationView[]; next: string | null }> {
	requireAccount(actor);
	const before = input.cursor
		? decodeCursor<[string]>(input.cursor, (parts): parts is [string] => isId(parts[0]))[0]
		: undefined;
	const rows = await selectShown(db.read)
		.where(
			and(
				eq(notifications.accountId, actor.accountId),
				before === undefined ? undefined : lt(notifications.id, before),
				stillShown(db.read, actor)
			)
		)
		.orderBy(desc(notifications.id))
		.limit(PAGE + 1);
	const { items, more } = takePage(rows, PAGE);
	return {
		items: items.map(view),
		next: more ? encodeCursor([items[items.length - 1].id]) : null
	};
}

// Every page of somebody signed in asks, and mostly there is nothing. Written out, because a partial
// index is found by its own words only.
const unreadComments = prepared((read: Read) =>
	read
		.select({ id: notifications.commentId })
		.from(notifications)
		.where(
			and(
				eq(notifications.accountId, sql.placeholder('account')),
				sql`${notifications.readAt} is null`
			)
		)
		.limit(MOST_LOOKED_AT)
		.prepare('unread')
);

/** How much the actor has not read, as far as it may still be read: at most one more than `MOST_COUNTED`. */
export async function unread(db: Database, actor: Actor): Promise<number> {
	if (actor.accountId === null) return 0;
	const rows = await unreadComments(db.read).execute({ account: actor.accountId });
	if (rows.length === 0) return 0;
	const ids = rows.flatMap((row) => row.id ?? []);
	const decisions = rows.length - ids.length;
	const [counted] = await db.read
		.select({ count: count() })
		.from(comments)
		.innerJoin(articles, eq(articles.id, comments.articleId))
		.where(and(inArray(comments.id, ids), stillShown(db.read, actor as Member)));
	return Math.min(counted.count + decisions, MOST_COUNTED + 1);
}

/**
 * Marks what the actor was told as read: all of it, or those of some ids.
 * @throws {Refusal} 401, 429.
 */
export async function markRead(
	db: Database,
	actor: Actor,
	which: 'all' | readonly string[]
): Promise<void> {
	requireAccount(actor);
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		await tx
			.update(notifications)
			.set({ readAt: now() })
			.where(
				and(
					eq(notifications.accountId, actor.accountId),
					isNull(notifications.readAt),
					which === 'all' ? undefined : inArray(notifications.id, which.filter(isId))
				)
			);
	});
}
