import { and, desc, eq, lt } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import { idOf, idPage } from '../../cursors.ts';
import type { Database } from '../../database/database.ts';
import { accountNotes, accounts } from '../../database/schema.ts';
import { newId } from '../../ids.ts';
import { forbidden, invalid } from '../../refusal.ts';
import { normaliseText } from '../../text/normalise.ts';
import { find, mayActOn, type Target } from '../sanctions/target.ts';

const PAGE = 20;
// A paragraph or two for a colleague.
const NOTE_LENGTH = 2000;

/** A moderator's note about a person. */
export interface NoteView {
	id: string;
	note: string;
	/** Null when the operator wrote it. */
	by: string | null;
	at: Date;
}

/** Nobody reads or writes notes about themselves, or about staff at their rank or above. */
async function noted(db: Database, actor: Actor, name: string): Promise<Target> {
	const target = await find(db.read, actor, name);
	if (mayActOn(actor, target)) return target;
	throw forbidden('Notes about staff are for those above them.');
}

function readNote(text: string): string {
	const note = normaliseText(text).trim();
	if (note === '') throw invalid('empty', 'Write the note first.', 'note');
	if (note.length <= NOTE_LENGTH) return note;
	throw invalid('note-too-long', `A note has at most ${NOTE_LENGTH} characters.`, 'note');
}

/**
 * Notes something about a person, for the other moderators.
 * @throws {Refusal} 401, 403 below moderator, about oneself or staff at one's rank or above, 404, 422.
 */
export async function add(
	db: Database,
	actor: Actor,
	input: { name: string; note: string }
): Promise<void> {
	const { id: accountId } = await noted(db, actor, input.name);
	const note = readNote(input.note);
	const { accountId: actorId } = actor;
	await db.write(async (tx) => {
		await tx
			.insert(accountNotes)
			.values({ id: newId(), accountId, actorId, note, createdAt: now() });
	});
}

/** The notes about a person, newest first. @throws {Refusal} as `add`, 400 for a bad cursor */
export async function list(
	db: Database,
	actor: Actor,
	input: { name: string; cursor?: string | null }
): Promise<{ items: NoteView[]; next: string | null }> {
	const target = await noted(db, actor, input.name);
	const before = idOf(input.cursor);
	const rows = await db.read
		.select({
			id: accountNotes.id,
			note: accountNotes.note,
			by: accounts.name,
			at: accountNotes.createdAt
		})
		.from(accountNotes)
		.leftJoin(accounts, eq(accounts.id, accountNotes.actorId))
		.where(
			and(
				eq(accountNotes.accountId, target.id),
				before === undefined ? undefined : lt(accountNotes.id, before)
			)
		)
		.orderBy(desc(accountNotes.id))
		.limit(PAGE + 1);
	return idPage(rows, PAGE);
}
