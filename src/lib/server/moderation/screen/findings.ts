import { and, eq, inArray } from 'drizzle-orm';
import { chunks } from '../../chunks.ts';
import { now } from '../../clock.ts';
import type { Read, Tx } from '../../database/database.ts';
import { comments, screenings } from '../../database/schema.ts';
import { PHASES, type PhaseName, type Verdict } from './verdicts.ts';

/** What a phase found in a text. */
export interface Finding {
	phase: PhaseName;
	verdict: Verdict;
	/** What it weighs in the expected harm. */
	harm: number;
	/** The finding in a sentence, for the author and for moderators. */
	words: string;
	/** The writer can do something about it: worth a word before the text is held. */
	nudges: boolean;
}

/** A finding as it is kept. */
export type FindingView = Omit<Finding, 'nudges'>;

/** Keeps what was found in a revision of a comment, in the transaction that stores the text. */
export async function keep(
	tx: Tx,
	commentId: string,
	revision: number,
	found: readonly Finding[]
): Promise<void> {
	if (found.length === 0) return;
	const createdAt = now();
	await tx.insert(screenings).values(
		found.map(({ phase, verdict, harm, words }) => ({
			...{ commentId, revision, createdAt },
			...{ phase, verdict, harm, words }
		}))
	);
}

/** The harm that findings expect together. */
export function harmOf(found: readonly Pick<Finding, 'harm'>[]): number {
	return found.reduce((sum, { harm }) => sum + harm, 0);
}

/** What screening found in the present texts of comments, in the order of the phases; comments without findings are left out. */
export async function of(db: Read, ids: readonly string[]): Promise<Map<string, FindingView[]>> {
	const rows = [];
	for (const part of chunks(ids)) {
		const found = await db
			.select({
				commentId: screenings.commentId,
				phase: screenings.phase,
				verdict: screenings.verdict,
				harm: screenings.harm,
				words: screenings.words
			})
			.from(screenings)
			.innerJoin(
				comments,
				and(eq(comments.id, screenings.commentId), eq(comments.revision, screenings.revision))
			)
			.where(inArray(screenings.commentId, part));
		rows.push(...found);
	}
	const ordered = rows.sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
	const views = new Map<string, FindingView[]>();
	for (const { commentId, ...finding } of ordered) {
		views.set(commentId, [...(views.get(commentId) ?? []), finding]);
	}
	return views;
}
