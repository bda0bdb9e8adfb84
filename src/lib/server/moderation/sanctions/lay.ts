import { eq } from 'drizzle-orm';
import { requireRecent } from '../../accounts/recent.ts';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Tx } from '../../database/database.ts';
import { accounts, sanctions } from '../../database/schema.ts';
import { newId } from '../../ids.ts';
import { conflict, invalid } from '../../refusal.ts';
import * as events from '../../security/events.ts';
import { record } from '../log.ts';
import { readReason, type Reason } from '../reason.ts';
import { SANCTION_KINDS, type SanctionKind } from '../restrictions.ts';
import * as statements from '../statements.ts';
import { EFFECTS } from './effects.ts';
import { isSpan, removeRecent, type Span } from './recent.ts';
import * as targets from './target.ts';

// Whoever means longer than this means for good, and a ban says so.
const LONGEST_DAYS = 10 * 366;
const DAY_MS = 24 * 60 * 60 * 1000;
// What keeps staff from their work; a stolen session must not be enough for it.
const OUSTING: readonly SanctionKind[] = ['suspension', 'ban'];

/** What is laid on somebody. */
export interface SanctionInput {
	name: string;
	/** One of `SANCTION_KINDS`; anything else is refused. */
	kind: string;
	/** The kind of reason; without one, words are needed. */
	ground?: string;
	/** Why, in words: the person reads them, and so does everyone in the log. */
	reason: string;
	/** Of illegal content: which law. */
	law?: string;
	/** Of a suspension: when it ends. */
	until?: Date | null;
	/** Whether what the person wrote lately is removed with it: in the last `hour`, `day` or `week`; '' for none. */
	removing?: string;
}

interface Sanction extends Reason {
	id: string;
	kind: SanctionKind;
	until: Date | null;
	createdAt: Date;
}

function readUntil(kind: SanctionKind, until: Date | null | undefined): Date | null {
	if (kind !== 'suspension') return null;
	const ahead = until ? until.getTime() - now().getTime() : 0;
	if (ahead > 0 && ahead <= LONGEST_DAYS * DAY_MS) return until!;
	throw invalid('until', 'Say until when: a time to come, at most ten years ahead.', 'until');
}

function readKind(kind: string): SanctionKind {
	const known = SANCTION_KINDS.find((one) => one === kind);
	if (known) return known;
	throw invalid('no-kind', 'Choose what is to be done.', 'kind');
}

function readSpan(removing = ''): Span | null {
	if (removing === '') return null;
	if (isSpan(removing)) return removing;
	throw invalid('removing', 'Choose what is removed with it.', 'removing');
}

/** The account's row, the sanction's, the log and the statement: one transaction. */
async function write(tx: Tx, actor: Actor, accountId: string, sanction: Sanction): Promise<void> {
	const { id, kind, ground, reason, law, until, createdAt } = sanction;
	const target = await targets.lock(tx, accountId);
	targets.assertMay(actor, target, kind);
	const effect = EFFECTS[kind];
	if (effect.holds(target, createdAt)) {
		throw conflict('already', `${target.name} ${effect.already} already.`);
	}
	const { accountId: actorId } = actor;
	await tx
		.insert(sanctions)
		.values({ id, accountId, kind, ground, reason, actorId, createdAt, until });
	await tx.update(accounts).set(effect.on(sanction)).where(eq(accounts.id, accountId));
	const subject = { accountId };
	const details: Record<string, string> = until === null ? {} : { until: until.toISOString() };
	const actionId = await record(tx, actor, { kind: effect.act, subject, ground, reason, details });
	await events.record(tx, actor, 'sanction.issued', { accountId, details: { sanction: kind } });
	const of = { accountId, actionId, sanctionId: id };
	await statements.issue(tx, { ...of, restriction: kind, ground, reason, law, until });
}

/**
 * Warns somebody, requires approval of what they post, suspends them until a time or bans them, in
 * effect at the next request; then removes what they wrote lately, if that is wanted.
 * Gives how many comments were removed.
 * @throws {Refusal} 401, 403 below moderator, about oneself or staff at one's rank or above, and for all
 * but warnings by a moderator who is limited to categories, `confirm-first` for suspending and banning
 * staff, 404, 409 while the same holds already, 422.
 */
export async function lay(db: Database, actor: Actor, input: SanctionInput): Promise<number> {
	const target = await targets.find(db.read, actor, input.name);
	const kind = readKind(input.kind);
	targets.assertMay(actor, target, kind);
	if (target.role !== 'reader' && OUSTING.includes(kind)) requireRecent(actor);
	const why = readReason(input);
	const span = readSpan(input.removing);
	const until = readUntil(kind, input.until);
	const sanction = { id: newId(), kind, ...why, until, createdAt: now() };
	await db.write((tx) => write(tx, actor, target.id, sanction));
	if (span === null) return 0;
	return removeRecent(db, actor, { accountId: target.id, span, why, sanctionId: sanction.id });
}
