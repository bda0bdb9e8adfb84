import { isStaff, type Actor } from '../actor.ts';
import { allowsPosting } from '../articles/commenting-rules.ts';
import type { CommentingState } from '../articles/commenting-states.ts';
import { Refusal } from '../refusal.ts';
import type { CommentStatus } from './statuses.ts';
import type { CommentRights } from './view.ts';

/** Long enough to mend a slip, short enough that replies still answer what was said. */
export const EDIT_WINDOW_MINUTES = 15;

/** What the rules ask of a comment. */
export interface RuledComment {
	authorId: string | null;
	status: CommentStatus;
	createdAt: Date;
}

/** Whether the actor wrote it. */
export function isAuthor(actor: Actor, comment: Pick<RuledComment, 'authorId'>): boolean {
	return actor.accountId !== null && actor.accountId === comment.authorId;
}

/** Whether the time in which its author may edit it is not over. */
export function isInEditWindow(comment: Pick<RuledComment, 'createdAt'>, at: Date): boolean {
	return at.getTime() - comment.createdAt.getTime() < EDIT_WINDOW_MINUTES * 60_000;
}

/** Whether its words may be read by this actor; a removed or deleted one keeps a place without words. */
export function isReadable(actor: Actor, comment: RuledComment): boolean {
	if (comment.status === 'published') return true;
	if (comment.status === 'deleted') return false;
	return isStaff(actor) || (comment.status !== 'removed' && isAuthor(actor, comment));
}

/** Whether the actor may see that there is such a comment. */
export function isKnown(actor: Actor, comment: RuledComment): boolean {
	const waitsOrRejected = comment.status === 'pending' || comment.status === 'rejected';
	return !waitsOrRejected || isStaff(actor) || isAuthor(actor, comment);
}

/** Refuses an account that is suspended or banned. @throws {Refusal} 403 */
export function assertNotBarred(actor: Pick<Actor, 'barred'>): void {
	if (!actor.barred) return;
	const { kind, until } = actor.barred;
	const words =
		kind === 'banned' || !until
			? 'This account may not take part any more.'
			: `This account may not take part until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
	throw new Refusal(403, kind, words);
}

/** Refuses what a closed discussion does not allow. @throws {Refusal} 403 `commenting-disabled` */
export function assertCommentingAllowed(state: CommentingState): void {
	if (allowsPosting(state)) return;
	throw new Refusal(403, 'commenting-disabled', 'Commenting is disabled on this article.');
}

/** What the actor may do with a comment on an article in this state, at this time. */
export function rightsOf(
	actor: Actor,
	comment: RuledComment,
	state: CommentingState,
	at: Date
): CommentRights {
	const mine = isAuthor(actor, comment);
	const staff = isStaff(actor);
	const published = comment.status === 'published';
	const open = allowsPosting(state) && actor.barred === null;
	return {
		reply: published && open,
		quote: published && open,
		recommend: published && open && !mine,
		edit: mine && open && (published || comment.status === 'pending') && isInEditWindow(comment, at),
		delete: mine && (published || comment.status === 'pending'),
		remove: staff && published,
		restore: staff && comment.status === 'removed',
		decide: staff && comment.status === 'pending'
	};
}
