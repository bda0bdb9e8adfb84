import { and, eq, sql } from 'drizzle-orm';
import { within, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Read } from '../database/database.ts';
import { listOf } from '../database/placeholders.ts';
import { prepared } from '../database/prepared.ts';
import { follows, mutes, votes } from '../database/schema.ts';
import type { CommentRow } from './rows.ts';
import { isAuthor, rightsOf, type RuledDiscussion } from './rules.ts';
import type { CommentView } from './view.ts';

/** What a comment is to one reader, beside what it is to all. */
export type OwnPart = Pick<CommentView, 'mine' | 'recommended' | 'muted' | 'followed' | 'can'>;

const ACCOUNT = sql.placeholder('account');
const ARTICLE = sql.placeholder('article');
type Kind = 'vote' | 'mute' | 'follow';
const VOTE = sql<Kind>`'vote'`.as('kind');
const MUTE = sql<Kind>`'mute'`.as('kind');
const FOLLOW = sql<Kind>`'follow'`.as('kind');

/** What an account recommended, muted and follows, of so many comments and authors: one query for all of it. */
function actsAmong(size: number) {
	const some = listOf(size, 'comment');
	const authors = listOf(size, 'author');
	const query = prepared((db: Read) =>
		db
			.select({ kind: VOTE, id: votes.commentId })
			.from(votes)
			.where(and(eq(votes.accountId, ACCOUNT), some.has(votes.commentId)))
			.unionAll(
				db
					.select({ kind: MUTE, id: mutes.mutedId })
					.from(mutes)
					.where(and(eq(mutes.accountId, ACCOUNT), authors.has(mutes.mutedId)))
			)
			.unionAll(
				db
					.select({ kind: FOLLOW, id: follows.rootId })
					.from(follows)
					.where(and(eq(follows.accountId, ACCOUNT), eq(follows.articleId, ARTICLE)))
			)
			.prepare(`acts_among_${size}`)
	);
	return { size, some, authors, query };
}

// Mostly few of a page's comments were recommended by anybody; of a very long page, so many at once.
const SIZES = [10, 40, 160].map(actsAmong);
const MOST = SIZES[SIZES.length - 1].size;

/** The ids of comments, accounts and roots. */
interface Acts {
	recommended: ReadonlySet<string>;
	muted: ReadonlySet<string>;
	followed: ReadonlySet<string>;
}
const NONE: Acts = { recommended: new Set(), muted: new Set(), followed: new Set() };

async function actsOf(
	db: Read,
	account: string | null,
	article: string,
	rows: CommentRow[]
): Promise<Acts> {
	if (account === null || rows.length === 0) return NONE;
	// What nobody recommended this account did not, and nobody mutes themselves.
	const ids = rows.filter(({ score }) => score > 0).map(({ id }) => id);
	const others = rows.flatMap(({ authorId }) => authorId ?? []).filter((id) => id !== account);
	const authors = [...new Set(others)];
	const found = { vote: new Set<string>(), mute: new Set<string>(), follow: new Set<string>() };
	const length = Math.max(ids.length, authors.length, 1);
	for (let from = 0; from < length; from += MOST) {
		const {
			size,
			some,
			authors: among,
			query
		} = SIZES.find(({ size }) => size >= length - from) ?? SIZES.at(-1)!;
		const values = {
			...some.values(ids.slice(from, from + size)),
			...among.values(authors.slice(from, from + size))
		};
		for (const { kind, id } of await query(db).execute({ account, article, ...values })) {
			found[kind].add(id);
		}
	}
	return { recommended: found.vote, muted: found.mute, followed: found.follow };
}

/** What comments of one article are to the actor: asked together, answered for each. */
export async function of(
	db: Read,
	actor: Actor,
	article: RuledDiscussion & { id: string; categoryId: string | null },
	rows: CommentRow[]
): Promise<(row: CommentRow) => OwnPart> {
	const here = within(actor, article.categoryId);
	const { recommended, muted, followed } = await actsOf(db, actor.accountId, article.id, rows);
	const at = now();
	return (row) => ({
		mine: isAuthor(actor, row),
		recommended: recommended.has(row.id),
		muted: row.authorId !== null && muted.has(row.authorId),
		followed: row.parentId === null && followed.has(row.id),
		can: rightsOf(here, row, article, at)
	});
}
