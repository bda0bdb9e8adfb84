import type { ProblemStatus } from '#lib/server/problems/kinds.ts';
import type { NotificationView } from '#lib/server/notifications/notifications.ts';
import { RESTRICTION_WORDS } from './statements.ts';

const ABOUT_COMMENTS: Partial<Record<NotificationView['kind'], string>> = {
	quoted: 'quoted you',
	reply: 'replied to you',
	followed: 'wrote where you follow'
};

const PROBLEMS: Record<ProblemStatus, string> = {
	received: 'The desk received the problem that you sent',
	checking: 'The desk is checking the problem that you sent',
	corrected: 'The desk corrected what you sent',
	'not-an-error': 'The desk found no error in what you sent'
};

/** What a notification says: after the name of who did it, or by itself where nobody is named. */
export function wordsOf({ kind, statement, problem }: NotificationView): string {
	if (kind === 'picked') return 'An editor picked your comment';
	if (kind === 'appeal') {
		return statement?.outcome === 'reversed'
			? 'We looked again: the decision is taken back'
			: 'We looked again: the decision stays';
	}
	if (statement) return RESTRICTION_WORDS[statement.restriction];
	if (problem) return PROBLEMS[problem.status];
	return ABOUT_COMMENTS[kind] ?? '';
}

/** Who did it; null where the newsroom decided, who does not say by whom. */
export function whoOf({ kind, comment }: NotificationView) {
	return kind === 'picked' ? null : (comment?.author ?? null);
}
