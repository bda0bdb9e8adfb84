import type { CommentingState } from './commenting-states.ts';

/** The columns that say which comment state holds. */
export interface CommentingColumns {
	commenting: CommentingState;
	commentingUntil: Date | null;
	commentingThen: CommentingState | null;
}

/** The comment state that holds at a time: the one set last, or the one it gives way to. */
export function stateAt(article: CommentingColumns, at: Date): CommentingState {
	const over = article.commentingUntil !== null && article.commentingUntil <= at;
	return over ? (article.commentingThen ?? 'open') : article.commenting;
}

/** Whether readers may post, reply, edit and recommend. */
export function allowsPosting(state: CommentingState): boolean {
	return state === 'open' || state === 'premoderated';
}

/** Whether what a reader posts waits for a moderator. */
export function holdsPosts(state: CommentingState): boolean {
	return state === 'premoderated';
}

/** Whether readers see the comments. */
export function showsComments(state: CommentingState): boolean {
	return state !== 'hidden';
}
