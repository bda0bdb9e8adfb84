import type { CommentRights, CommentView, QuoteView } from '#lib/server/comments/view.ts';

/** The rights of somebody who may only read. */
export const READ_ONLY: CommentRights = {
	reply: false,
	quote: false,
	recommend: false,
	edit: false,
	delete: false,
	remove: false,
	restore: false,
	decide: false,
	report: false,
	follow: false,
	mute: false,
	pick: false,
	notify: false
};

/** A reading at a fixed time. */
export const READING = { now: new Date('2026-07-29T14:05:00Z'), relative: true };

/** A published comment that may only be read, with changes. */
export function commentView(changes: Partial<CommentView> = {}): CommentView {
	const id = changes.id ?? '01kcmm0000000001';
	return {
		id,
		url: `/c/${id}`,
		article: { id: '01kcmm000000000a', slug: 'a-story', title: 'A story', revision: 1 },
		rootId: id,
		parentId: null,
		depth: 0,
		replySeq: null,
		replyingTo: null,
		author: { name: 'Ann Reader', url: '/people/Ann%20Reader', role: 'reader' },
		status: 'published',
		ground: null,
		blocks: [{ html: '<p>Some words.</p>' }],
		revision: 1,
		score: 0,
		quotedBy: 0,
		createdAt: new Date('2026-07-29T13:51:00Z'),
		editedAt: null,
		held: null,
		mine: false,
		byAuthor: false,
		picked: false,
		recommended: false,
		muted: false,
		folded: false,
		followed: false,
		can: READ_ONLY,
		...changes
	};
}

/** An exact quote of another comment, with changes. */
export function quoteView(changes: Partial<QuoteView> = {}): QuoteView {
	return {
		id: '01kcmm00000000q1',
		match: 'exact',
		saidBy: 'Bob',
		sourceUrl: '/c/01kcmm0000000002',
		sourceId: '01kcmm0000000002',
		earlierVersion: false,
		versionUrl: null,
		url: '/quotes/01kcmm00000000q1',
		withdrawn: false,
		blocks: [{ html: '<p>Their words.</p>' }],
		...changes
	};
}
