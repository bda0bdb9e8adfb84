import type { Member } from '../actor.ts';
import type { NewComment } from './insert.ts';
import type { ArticleToPostOn } from './posting.ts';
import type { CommentWithArticle } from './rows.ts';

/** What nobody can have done yet to a comment that is being posted. */
const UNTOUCHED = {
	...{ replyCount: 0, revision: 1, score: 0, guestName: null },
	...{ editedAt: null, pickedAt: null, foldedAt: null, everQuoted: false }
};

/** A comment that its author just posted, as a query would give it. */
export function freshRow(
	author: Member,
	article: ArticleToPostOn,
	comment: NewComment & { byAuthor: boolean }
): CommentWithArticle {
	const { id, articleId, rootId, parentId, listedIn, depth, replySeq } = comment;
	const { body, blocks, status, ground, createdAt, changedIn, byAuthor } = comment;
	const { publishedAt: articlePublishedAt, categoryId, staffMaySpeak } = article;
	const { commenting, commentingUntil, commentingThen } = article;
	return {
		...UNTOUCHED,
		...{ id, articleId, rootId, parentId, listedIn, depth, replySeq },
		authorId: author.accountId,
		accountName: author.name,
		accountRole: author.waitingRole ?? author.role,
		accountPicture: author.pictureId ?? null,
		...{ body, blocks, status, ground, createdAt, byAuthor },
		...{ articleSlug: article.slug, articleTitle: article.title },
		articleRevision: changedIn ?? article.revision,
		...{ articlePublishedAt, categoryId, staffMaySpeak },
		...{ commenting, commentingUntil, commentingThen }
	};
}
