import { inArray } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { presentMixed } from '../comments/comments.ts';
import { selectWithArticles, type CommentWithArticle } from '../comments/rows.ts';
import type { CommentView } from '../comments/view.ts';
import type { Database, Read } from '../database/database.ts';
import { comments } from '../database/schema.ts';
import { plainOf } from './alike.ts';
import * as authorRecords from './author-records.ts';
import type { AuthorRecord } from './author-records.ts';
import * as claims from './claims.ts';
import type { Claim } from './claims.ts';
import * as reported from './reported.ts';
import type { Reports } from './reported.ts';
import * as findings from './screen/findings.ts';
import type { FindingView } from './screen/findings.ts';
import type { Verb } from './verbs.ts';

/** A comment to decide about, with all that a decision asks. */
export interface Case {
	comment: CommentView;
	/** What it answers; null for the first of a thread. */
	parent: CommentView | null;
	/** Since when it waits for a moderator. */
	since: Date;
	/** What screening found in its present text. */
	findings: FindingView[];
	/** What readers say against it; null when nobody does. */
	reports: Reports | null;
	/** Null for an author without an account. */
	author: AuthorRecord | null;
	/** Who looks at it now. */
	claim: Claim | null;
	/** What there is to decide: by what it stays, and by what it goes; null where this moderator may not. */
	verbs: { stay: Verb; go: Verb } | null;
	/** Its words, as those of other cases are compared with. */
	text: string;
	/** What is the same in all texts that read the same; null for few words. */
	textKey: string | null;
}

/** What can be decided about a comment as it stands. */
function verbsFor(comment: CommentView, isReported: boolean): { stay: Verb; go: Verb } {
	if (comment.status === 'pending') return { stay: 'approve', go: 'reject' };
	return { stay: isReported ? 'keep' : 'review', go: 'remove' };
}

async function textKeys(db: Read, ids: readonly string[]): Promise<Map<string, string | null>> {
	const { id, textKey } = comments;
	const rows = await db
		.select({ id, textKey })
		.from(comments)
		.where(inArray(id, [...ids]));
	return new Map(rows.map((row) => [row.id, row.textKey]));
}

async function viewsOf(db: Read, actor: Actor, rows: CommentWithArticle[]) {
	const parentIds = [...new Set(rows.flatMap(({ parentId }) => parentId ?? []))];
	const parents =
		parentIds.length === 0
			? []
			: await selectWithArticles(db).where(inArray(comments.id, parentIds));
	const views = await presentMixed(db, actor, [...rows, ...parents]);
	return new Map(views.map((view) => [view.id, view]));
}

/** The cases of comments that the actor moderates, in the order of the ids; those that are gone are left out. */
export async function of(db: Database, actor: Actor, ids: readonly string[]): Promise<Case[]> {
	if (ids.length === 0) return [];
	const rows = await selectWithArticles(db.read).where(inArray(comments.id, [...ids]));
	const views = await viewsOf(db.read, actor, rows);
	const [found, against, claimed, keys, records] = await Promise.all([
		findings.of(db.read, ids),
		reported.of(db.read, rows),
		claims.of(db.read, actor, ids),
		textKeys(db.read, ids),
		authorRecords.of(
			db.read,
			rows.flatMap(({ authorId }) => authorId ?? [])
		)
	]);
	const byId = new Map(rows.map((row) => [row.id, row]));
	return ids.flatMap((id) => {
		const row = byId.get(id);
		if (!row) return [];
		const comment = views.get(id)!;
		const reports = against.get(id) ?? null;
		const waits = row.status === 'pending';
		return {
			comment,
			parent: views.get(row.parentId ?? '') ?? null,
			since: waits ? (row.editedAt ?? row.createdAt) : (reports?.since ?? row.createdAt),
			findings: found.get(id) ?? [],
			reports,
			author: records.get(row.authorId ?? '') ?? null,
			claim: claimed.get(id) ?? null,
			verbs: reported.mayDecide(actor, comment) ? verbsFor(comment, reports !== null) : null,
			text: plainOf(row.body),
			textKey: keys.get(id) ?? null
		};
	});
}
