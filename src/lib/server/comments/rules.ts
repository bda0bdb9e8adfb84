import { DELETED_NAME } from '../accounts/deleted.ts';
import { atLeast, isStaff, type Actor, type Role } from '../actor.ts';
import { allowsPosting, holdsPosts } from '../articles/commenting-rules.ts';
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
	/** The role of its author's account; null for a guest. */
	accountRole: Role | null;
	/** The name of that account. */
	accountName: string | null;
	/** For a root that has a place in its discussion: the article. */
	listedIn: string | null;
	/** For a reply that has a place: its number. */
	replySeq: number | null;
}

/** Whether the actor wrote it. */
export function isAuthor(actor: Actor, comment: Pick<RuledComment, 'authorId'>): boolean {
	return actor.accountId !== null && actor.accountId === comment.authorId;
}

/** Whether somebody of this role is staff above the actor, about whom the actor decides nothing. */
export function isAbove(actor: Actor, role: Role | null): boolean {
	return role !== null && role !== 'reader' && !atLeast(actor, role);
}

/** Whether somebody with an account wrote it who has not deleted it. */
function hasPerson({ accountName }: Pick<RuledComment, 'accountName'>): boolean {
	return accountName !== null && accountName !== DELETED_NAME;
}

/** Whether the time in which its author may edit it is not over. */
export function isInEditWindow(comment: Pick<RuledComment, 'createdAt'>, at: Date): boolean {
	return at.getTime() - comment.createdAt.getTime() < EDIT_WINDOW_MINUTES * 60_000;
}

/** Whether its words may be read by this actor; a removed or deleted one keeps a place without words. */
export function isReadable(
	actor: Actor,
	comment: Pick<RuledComment, 'authorId' | 'status'>
): boolean {
	if (comment.status === 'published') return true;
	if (comment.status === 'deleted') return false;
	return isStaff(actor) || (comment.status !== 'removed' && isAuthor(actor, comment));
}

/** Whether it has a place in its discussion. */
export function isPlaced(comment: Pick<RuledComment, 'listedIn' | 'replySeq'>): boolean {
	return comment.listedIn !== null || comment.replySeq !== null;
}

/** Whether the actor may see that there is such a comment: what never had a place is nobody else's business. */
export function isKnown(actor: Actor, comment: RuledComment): boolean {
	return isPlaced(comment) || isStaff(actor) || isAuthor(actor, comment);
}

/** Whether it was approved and may not change without being approved again, which nobody can do. */
export function isFrozen(
	actor: Actor,
	comment: Pick<RuledComment, 'status'>,
	state: CommentingState
): boolean {
	return holdsPosts(state) && comment.status === 'published' && !isStaff(actor);
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

/** Refuses an account that has to confirm its e-mail address first. @throws {Refusal} 403 `confirm-address` */
export function assertConfirmed(mustConfirm: boolean): void {
	if (!mustConfirm) return;
	const words =
		'Please confirm your e-mail address first, by the link that we sent you. At /account/profile you can have it sent again.';
	throw new Refusal(403, 'confirm-address', words);
}

/** Refuses an account that has a warning to acknowledge first. @throws {Refusal} 403 `acknowledge-first` */
export function assertAcknowledged({ warningId }: { warningId: string | null }): void {
	if (warningId === null) return;
	const words =
		'A moderator has warned you. Read the warning at /account/warning and acknowledge it; then you can post again.';
	throw new Refusal(403, 'acknowledge-first', words);
}

/** What the rules ask of an article's discussion. */
export interface RuledDiscussion {
	state: CommentingState;
	/** Whether staff may write while it is disabled. */
	staffMaySpeak: boolean;
}

/** Whether the actor, as it stands on the article, may write in its discussion. */
export function mayWrite(actor: Actor, { state, staffMaySpeak }: RuledDiscussion): boolean {
	return allowsPosting(state) || (staffMaySpeak && state === 'disabled' && isStaff(actor));
}

function commentingDisabled(): Refusal {
	return new Refusal(403, 'commenting-disabled', 'Commenting is disabled on this article.');
}

/** Refuses what a closed discussion does not allow. @throws {Refusal} 403 `commenting-disabled` */
export function assertCommentingAllowed(state: CommentingState): void {
	if (!allowsPosting(state)) throw commentingDisabled();
}

/** Refuses to write where `mayWrite` says no. @throws {Refusal} 403 `commenting-disabled` */
export function assertMayWrite(actor: Actor, discussion: RuledDiscussion): void {
	if (!mayWrite(actor, discussion)) throw commentingDisabled();
}

/** What the actor may do with a comment in this discussion, at this time. */
export function rightsOf(
	actor: Actor,
	comment: RuledComment,
	discussion: RuledDiscussion,
	at: Date
): CommentRights {
	const { state } = discussion;
	const mine = isAuthor(actor, comment);
	const staff = isStaff(actor) && !isAbove(actor, comment.accountRole);
	const published = comment.status === 'published';
	const open = mayWrite(actor, discussion) && actor.barred === null;
	const isMember = actor.accountId !== null;
	const unsettled = published || comment.status === 'pending';
	const editable = unsettled && isInEditWindow(comment, at) && !isFrozen(actor, comment, state);
	return {
		reply: published && open,
		quote: published && open,
		recommend: published && open && allowsPosting(state) && !mine,
		edit: mine && open && editable,
		delete: mine && unsettled,
		remove: staff && published,
		restore: staff && comment.status === 'removed',
		decide: staff && comment.status === 'pending',
		report: isMember && published && !mine && actor.barred === null,
		notify: actor.role === 'guest' && published,
		follow: isMember && published && comment.listedIn !== null,
		mute: isMember && published && !mine && hasPerson(comment),
		pick: atLeast(actor, 'editor') && published
	};
}
