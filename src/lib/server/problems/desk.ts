import { eq } from 'drizzle-orm';
import { requireRole, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { problems } from '../database/schema.ts';
import { isId } from '../ids.ts';
import { record } from '../moderation/log.ts';
import type { ActionKind } from '../moderation/kinds.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { tellSender, type Answered } from './answer.ts';
import * as corrections from './corrections.ts';
import { readText } from './input.ts';
import type { ProblemStatus } from './kinds.ts';
import { ANSWER_LENGTH } from './lengths.ts';

/** What the desk decides about a problem. */
export interface ProblemDecision {
	id: string;
	/** What the sender is told. */
	answer?: string;
	/** The correction note that goes on the article; '' for none. */
	note?: string;
}

const SOONER: Record<ProblemStatus, string> = {
	received: '',
	checking: 'Somebody was quicker: it is being checked already.',
	corrected: 'Somebody was quicker: it is corrected.',
	'not-an-error': 'Somebody was quicker: it was found to be no error.'
};

type Stored = typeof problems.$inferSelect;

/** A problem that is still open to this step. @throws {Refusal} 404, 409 when somebody was quicker */
async function lock(tx: Tx, id: string, from: readonly ProblemStatus[]): Promise<Stored> {
	if (!isId(id)) throw notFound('problem');
	const [stored] = await forUpdate(tx.select().from(problems).where(eq(problems.id, id)));
	if (!stored) throw notFound('problem');
	if (!from.includes(stored.status)) throw conflict('decided', SOONER[stored.status]);
	return stored;
}

/** The log says nothing of the sender: everyone reads it. */
async function keep(
	tx: Tx,
	actor: Actor,
	kind: ActionKind,
	{ id, articleId, kind: problem }: Stored,
	reason = ''
): Promise<void> {
	const subject = { problemId: id, inArticleId: articleId };
	await record(tx, actor, { kind, subject, reason, details: { problem } });
}

/** What is decided is told to the sender; a guest's address has then served. */
async function decide(tx: Tx, actor: Actor, stored: Stored, answered: Answered): Promise<void> {
	const { status, answer } = answered;
	await tx
		.update(problems)
		.set({ status, answer, guestEmail: null, decidedAt: now(), decidedBy: actor.accountId })
		.where(eq(problems.id, stored.id));
	await tellSender(tx, stored, answered);
}

/**
 * Says that the desk looks into a problem.
 * @throws {Refusal} 401 or 403 below editor, 404, 409 when somebody was quicker.
 */
export async function check(db: Database, actor: Actor, { id }: ProblemDecision): Promise<void> {
	requireRole(actor, 'editor');
	await db.write(async (tx) => {
		const stored = await lock(tx, id, ['received']);
		await tx.update(problems).set({ status: 'checking' }).where(eq(problems.id, id));
		await keep(tx, actor, 'problem.check', stored);
	});
}

/**
 * Says that the article was corrected, and puts a correction note on it if there is one.
 * @throws {Refusal} as `check`, and 422 for an answer or a note that is too long.
 */
export async function correct(db: Database, actor: Actor, input: ProblemDecision): Promise<void> {
	requireRole(actor, 'editor');
	const answer = readText(input.answer ?? '', 'answer', ANSWER_LENGTH);
	const note = corrections.readNote(input.note ?? '');
	await db.write(async (tx) => {
		const stored = await lock(tx, input.id, ['received', 'checking']);
		const { id: problemId, articleId } = stored;
		await decide(tx, actor, stored, { status: 'corrected', answer, note });
		if (note !== '') await corrections.add(tx, actor, { articleId, note, problemId });
		await keep(tx, actor, 'problem.correct', stored, note);
	});
}

/**
 * Says that it is not an error.
 * @throws {Refusal} as `correct`, and 422 without an answer, or with a note, which would be lost.
 */
export async function dismiss(db: Database, actor: Actor, input: ProblemDecision): Promise<void> {
	requireRole(actor, 'editor');
	const answer = readText(input.answer ?? '', 'answer', ANSWER_LENGTH);
	if (answer === '') throw invalid('no-answer', 'Tell the sender why it is no error.', 'answer');
	if (corrections.readNote(input.note ?? '') !== '') {
		throw invalid('note-unused', 'What is no error has no correction note.', 'note');
	}
	await db.write(async (tx) => {
		const stored = await lock(tx, input.id, ['received', 'checking']);
		await decide(tx, actor, stored, { status: 'not-an-error', answer, note: '' });
		await keep(tx, actor, 'problem.dismiss', stored);
	});
}
