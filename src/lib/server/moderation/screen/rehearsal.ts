import { and, desc, eq, gt, inArray, lt, ne, or, isNull } from 'drizzle-orm';
import { setImmediate } from 'node:timers/promises';
import { requireRole, type Actor } from '../../actor.ts';
import type { Database, Read } from '../../database/database.ts';
import { accounts, comments } from '../../database/schema.ts';
import { idBefore } from '../../ids.ts';
import * as limits from '../../limits/limits.ts';
import * as settings from '../../settings/settings.ts';
import { excerpt } from '../../text/plain.ts';
import type { Facts } from './facts.ts';
import { bannedWords } from './phases/banned-words.ts';
import { length } from './phases/length.ts';
import { links } from './phases/links.ts';
import type { Phase } from './phases/phase.ts';
import { suspectWords } from './phases/suspect-words.ts';
import { screening, type Rules } from './rules.ts';
import { subjectOf } from './subject.ts';
import type { PhaseName, Verdict } from './verdicts.ts';

const MONTH = 30 * 24 * 60 * 60_000;
/** Comments that are read at most, the newest first. */
export const MOST_READ = 20_000;
// Few enough that nobody else waits while they are read.
const AT_ONCE = 200;
const SAMPLES = 10;
const EXCERPT = 160;

/** The phases that ask for nothing but the text. */
const PHASES: readonly Phase[] = [length, links, bannedWords, suspectWords];

/** A comment that would have been caught. */
export interface Sample {
	/** `/c/ID` */
	url: string;
	words: string;
	excerpt: string;
	at: Date;
}

/** What one phase would have caught. */
export interface Caught {
	phase: PhaseName;
	verdict: Verdict;
	count: number;
	/** The newest of them. */
	samples: Sample[];
}

/** What rules would have caught among the comments of the last thirty days. */
export interface Rehearsal {
	/** How many comments were read. */
	read: number;
	/** Whether there were more than are read. */
	cut: boolean;
	caught: Caught[];
}

/** Nothing but the text is known of old comments; somebody new then may be at home here by now. */
function factsOf(rules: Rules): Facts {
	return {
		...{ rules, repeated: null, outside: [], latest: 0, newcomers: 0 },
		...{ published: Infinity, approvalRequired: false, premoderated: false }
	};
}

async function readBefore(db: Read, before: string | null) {
	return db
		.select({ id: comments.id, blocks: comments.blocks, at: comments.createdAt })
		.from(comments)
		.leftJoin(accounts, eq(accounts.id, comments.authorId))
		.where(
			and(
				gt(comments.id, idBefore(MONTH)),
				before === null ? undefined : lt(comments.id, before),
				ne(comments.status, 'deleted'),
				// What staff write is not screened.
				or(isNull(accounts.role), inArray(accounts.role, ['reader']))
			)
		)
		.orderBy(desc(comments.id))
		.limit(AT_ONCE);
}

type Row = Awaited<ReturnType<typeof readBefore>>[number];

function tryOn(row: Row, facts: Facts, caught: Map<string, Caught>): void {
	const subject = subjectOf(row.blocks);
	for (const phase of PHASES) {
		const finding = phase(subject, facts);
		if (!finding) continue;
		const { phase: name, verdict, words } = finding;
		const key = `${name} ${verdict}`;
		const of = caught.get(key) ?? { phase: name, verdict, count: 0, samples: [] };
		of.count++;
		if (of.samples.length < SAMPLES) {
			const shown = { words, excerpt: excerpt(subject.text, EXCERPT), at: row.at };
			of.samples.push({ url: `/c/${row.id}`, ...shown });
		}
		caught.set(key, of);
	}
}

/**
 * What rules would have caught among the comments of the last thirty days, the newest `MOST_READ` at
 * most; nothing is saved. Tries what asks for the text alone: length, banned domains, words.
 * @throws {Refusal} 401 or 403 below editor, 422 for rules that cannot be, 429.
 */
export async function rehearse(db: Database, actor: Actor, value: unknown): Promise<Rehearsal> {
	requireRole(actor, screening.role);
	const facts = factsOf(settings.check(screening, value));
	await db.write((tx) => limits.take(tx, limits.rehearse, actor));
	const caught = new Map<string, Caught>();
	let read = 0;
	let last: string | null = null;
	while (read < MOST_READ) {
		const rows: Row[] = await readBefore(db.read, last);
		for (const row of rows) tryOn(row, facts, caught);
		read += rows.length;
		if (rows.length < AT_ONCE) return { read, cut: false, caught: [...caught.values()] };
		last = rows[rows.length - 1].id;
		await setImmediate();
	}
	return { read, cut: true, caught: [...caught.values()] };
}
