import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, comments, follows, mutes, notifications, quotes } from '../database/schema.ts';
import { idDigits, idRange } from '../ids.ts';

/** A comment that somebody is to be told of. */
export interface News {
	id: string;
	articleId: string;
	rootId: string;
	parentId: string | null;
	/** Null for a guest's. */
	authorId: string | null;
}

const given = {
	comment: sql`cast(${sql.placeholder('comment')} as text)`,
	article: sql.placeholder('article'),
	root: sql.placeholder('root'),
	parent: sql.placeholder('parent'),
	author: sql.placeholder('author'),
	time: sql`cast(${sql.placeholder('time')} as text)`,
	start: sql`cast(${sql.placeholder('start')} as bigint)`,
	at: sql`cast(${sql.param(sql.placeholder('at'), notifications.createdAt)} as timestamptz)`
};

// In each of these, a reason's strength: 0 is the strongest.

/** Whose words it quotes, also within other quotes, as far as they can be read. */
const quoted = sql`
	select ${comments.authorId} as account_id, 0 as strength
	from ${quotes} inner join ${comments} on ${comments.id} = ${quotes.sourceCommentId}
	where ${quotes.commentId} = ${given.comment} and ${quotes.match} <> 'unresolved'
	and ${quotes.standing} and ${comments.status} = 'published'`;

/** Whom it answers. */
const answered = sql`
	select ${comments.authorId}, 1 from ${comments}
	where ${comments.id} = ${given.parent} and ${comments.status} = 'published'`;

/** Who follows its thread or its discussion. */
const following = sql`
	select ${follows.accountId}, 2 from ${follows}
	where ${follows.articleId} = ${given.article} and ${follows.rootId} in ('', ${given.root})`;

/** One row for each account, for its strongest reason; only "quoted" is told after something else was. */
function teller(name: string, reasons: SQL) {
	const told = sql`
		select reasons.account_id,
		case min(reasons.strength) when 0 then 'quoted' when 1 then 'reply' else 'followed' end as kind,
		${given.start} + row_number() over () as number
		from (${reasons}) as reasons inner join ${accounts} on ${accounts.id} = reasons.account_id
		where ${accounts.id} <> ${given.author}
		and ${accounts.bannedAt} is null and ${accounts.deletedAt} is null
		and not exists (select 1 from ${mutes}
			where ${mutes.accountId} = ${accounts.id} and ${mutes.mutedId} = ${given.author})
		group by reasons.account_id`;
	const rows = sql`
		select ${given.time} || ${idDigits(sql`told.number`)}, told.account_id, told.kind,
		${given.comment}, null, null, ${given.at}, cast(null as timestamptz) from (${told}) as told where true`;
	return prepared((tx: Tx) =>
		tx
			.insert(notifications)
			.select(rows)
			.onConflictDoUpdate({
				target: [notifications.accountId, notifications.commentId],
				set: { kind: 'quoted', readAt: null },
				setWhere: sql`excluded.kind = 'quoted' and ${notifications.kind} <> 'quoted'`
			})
			.prepare(name)
	);
}

// Every comment that is posted asks, however few are told: so it is one statement, and prepared.
const ofAll = teller('tell', sql`${quoted} union all ${answered} union all ${following}`);
const ofTheQuoted = teller('tell-quoted', quoted);

function values({ id, articleId, rootId, parentId, authorId }: News) {
	return {
		...{ comment: id, article: articleId, root: rootId },
		...{ parent: parentId ?? '', author: authorId ?? '' },
		...idRange(),
		at: now()
	};
}

/**
 * Tells of a comment that becomes public, in the transaction that makes it so: whom it quotes, whom it
 * answers and who follows it, each once; never its author, who muted its author, who is banned or who deleted their account.
 */
export async function ofComment(tx: Tx, comment: News): Promise<void> {
	await ofAll(tx).execute(values(comment));
}

/** Tells those whom an edited comment quotes, unless they know already. */
export async function ofQuotes(tx: Tx, comment: News): Promise<void> {
	await ofTheQuoted(tx).execute(values(comment));
}

/** Takes back what was told of a comment that is public no more, as far as nobody read it. */
export async function takeBack(tx: Tx, commentId: string): Promise<void> {
	await tx
		.delete(notifications)
		.where(and(eq(notifications.commentId, commentId), isNull(notifications.readAt)));
}
