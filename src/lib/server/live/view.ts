import type { CommentingState } from '../articles/commenting-states.ts';
import type { CommentStatus } from '../comments/statuses.ts';

/** A comment that changed, as open pages are told: what it is and where, never what it says. */
export interface LiveComment {
	id: string;
	/** Its own id for a root. */
	root: string;
	parent: string | null;
	status: CommentStatus;
	/** Of its text. */
	revision: number;
	/** Whether it is folded because readers reported it. */
	folded: boolean;
	/** An editor picked it. */
	picked: boolean;
	/** Whether it is to be announced where it is not shown yet; what was edited or folded was there before. */
	isNew: boolean;
}

/** The data of a `comments` event; its id names the moment up to which it tells. */
export interface CommentsEvent {
	/** Published comments of the article now. */
	count: number;
	items: LiveComment[];
}

/** The data of a `commenting` event. */
export interface CommentingEvent {
	state: CommentingState;
	/** Names what stands above the discussion: another one when any of it changed. */
	notice: string;
}
