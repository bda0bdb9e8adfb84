import type { Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Tx } from '../database/database.ts';
import { actions } from '../database/schema.ts';
import { newId } from '../ids.ts';
import * as events from '../security/events.ts';
import type { Ground } from './grounds.ts';
import type { ActionKind } from './kinds.ts';

export { page, type ActionView, type LogFilter } from './public-log.ts';

/** What an act was about: exactly one thing, and the article that it belongs to. */
export type Subject =
	| { commentId: string; inArticleId: string }
	| { articleId: string }
	| { accountId: string }
	| { problemId: string; inArticleId: string };

/** An act of staff, as the log keeps it. */
export interface Act {
	kind: ActionKind;
	subject: Subject;
	reason?: string;
	/** The kind of reason, where the act restricts something. */
	ground?: Ground | null;
	/** The act that this one takes back. */
	reverses?: string | null;
	details?: Record<string, string | null>;
}

/** What is done to accounts is recorded there as what it is; the software needs no watching. */
async function recordEvent(tx: Tx, actor: Actor, { kind, subject }: Act, id: string) {
	if (actor.role === 'system' || 'accountId' in subject) return;
	const details = { act: kind, id };
	await events.record(tx, actor, 'moderation.done', { accountId: null, details });
}

/** Writes an act to the log, in the transaction of the act itself. Gives the act's id. */
export async function record(tx: Tx, actor: Actor, act: Act): Promise<string> {
	const { subject, reason = '', details = {}, ground = null, reverses = null } = act;
	const id = newId();
	const inArticleId = 'articleId' in subject ? subject.articleId : null;
	await tx.insert(actions).values({
		...{ id, kind: act.kind, actorId: actor.accountId, inArticleId, ...subject },
		...{ reason, ground, reverses, details, createdAt: now() }
	});
	await recordEvent(tx, actor, act, id);
	return id;
}
