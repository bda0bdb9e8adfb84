import { system } from '../../actor.ts';
import type { CommentStatus } from '../../comments/statuses.ts';
import type { Tx } from '../../database/database.ts';
import { Refusal } from '../../refusal.ts';
import type { Ground } from '../grounds.ts';
import { record } from '../log.ts';
import * as statements from '../statements.ts';
import type { Finding } from './findings.ts';
import type { PhaseName, Verdict } from './verdicts.ts';

/** The kind of reason for which a phase rejects. */
const GROUNDS: Partial<Record<PhaseName, Ground>> = { links: 'spam', 'outside-check': 'spam' };

/** What the log says, which everybody reads: nothing of the words themselves. */
const LOGGED: Partial<Record<PhaseName, string>> = {
	links: 'It links to a domain that may not be linked to here.',
	'banned-words': 'It has words that are not published here.',
	'outside-check': 'A check for spam found that it is not to be published.'
};

/** The code of a refusal that tells the writer what can be changed. */
export const NUDGE = 'may-be-held';

/** The strictest of the verdicts; null when nothing was found. */
export function verdictOf(found: readonly Finding[]): Verdict | null {
	if (found.some(({ verdict }) => verdict === 'reject')) return 'reject';
	return found.length > 0 ? 'hold' : null;
}

/** The status that screening gives to a new comment. */
export function statusOf(found: readonly Finding[]): CommentStatus {
	const verdict = verdictOf(found);
	if (verdict === 'reject') return 'rejected';
	return verdict === 'hold' ? 'pending' : 'published';
}

/** The kind of reason for which a text is rejected; null when it is not. */
export function groundOf(found: readonly Finding[]): Ground | null {
	const rejecting = found.find(({ verdict }) => verdict === 'reject');
	return rejecting ? (GROUNDS[rejecting.phase] ?? 'other') : null;
}

function asClause(words: string): string {
	return words.charAt(0).toLowerCase() + words.slice(1).replace(/\.$/, '');
}

/**
 * Tells the writer, before anything is kept, of what can be changed.
 * @throws {Refusal} 409 `may-be-held` where something can
 */
export function nudge(found: readonly Finding[]): void {
	const changeable = found.filter(({ nudges }) => nudges);
	if (changeable.length === 0) return;
	const reasons = changeable.map(({ words }) => asClause(words)).join(', and because ');
	const becomes = verdictOf(changeable) === 'reject' ? 'will not be published' : 'may be held';
	throw new Refusal(409, NUDGE, `This ${becomes} because ${reasons}; post anyway or edit.`);
}

/** A comment that screening rejected. */
export interface Rejected {
	id: string;
	articleId: string;
	authorId: string;
	/** It had a place in its discussion, which it keeps. */
	placed: boolean;
}

/** Writes a rejection to the log and gives the author a statement, in the text's own transaction. */
export async function enterRejection(
	tx: Tx,
	comment: Rejected,
	found: readonly Finding[]
): Promise<void> {
	const reasons = found.filter(({ verdict }) => verdict === 'reject');
	const ground = groundOf(found);
	if (ground === null) return;
	const restriction = comment.placed ? 'comment.remove' : 'comment.reject';
	const actionId = await record(tx, system, {
		kind: restriction,
		subject: { commentId: comment.id, inArticleId: comment.articleId },
		ground,
		reason: reasons.map(({ phase }) => LOGGED[phase]).join(' ')
	});
	const of = { accountId: comment.authorId, commentId: comment.id, actionId };
	const reason = reasons.map(({ words }) => words).join(' ');
	await statements.issue(tx, { ...of, restriction, ground, reason, automatic: true });
}
