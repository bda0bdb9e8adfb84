import { eq } from 'drizzle-orm';
import type { Member } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as schema from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import { record } from '#lib/server/moderation/log.ts';

/** Who and what a site has, of which something is written. */
interface Site {
	reader: Member;
	moderator: Member;
	article: string;
	comment: string;
}

/** Writes into every table and column that moderation has something other than its default. */
export async function moderated(db: Database, site: Site): Promise<void> {
	const { reader, moderator, article: articleId, comment: commentId } = site;
	const { accountId } = reader;
	const [at, until] = [new Date('2026-03-04T05:06:07Z'), new Date('2027-03-04T05:06:07Z')];
	const row = () => ({ id: newId(), createdAt: at, actorId: moderator.accountId });
	const [category] = await db.read.select({ id: schema.categories.id }).from(schema.categories);
	const [problemId, sanctionId, statementId] = [newId(), newId(), newId()];
	await db.write(async (tx) => {
		await tx.insert(schema.settings).values({ ...row(), key: 'words', value: { banned: ['x*'] } });
		await tx.insert(schema.problems).values({
			...{ id: problemId, articleId, version: 2, passage: 'with words', passageKey: 'abc' },
			...{ kind: 'typo', words: 'It is "word".', accountId, guestEmail: 'a@b.example', commentId },
			...{ status: 'corrected', answer: 'Thank you.', secretHash: 'hash', createdAt: at },
			...{ decidedAt: until, decidedBy: moderator.accountId }
		});
		await tx
			.insert(schema.corrections)
			.values({ ...row(), articleId, note: 'The word was changed.', problemId });
		await tx.insert(schema.screenings).values({
			...{ commentId, revision: 1, phase: 'suspect-words', verdict: 'hold', harm: 20 },
			...{ words: 'It has a suspect word.', createdAt: at }
		});
		const subject = { problemId, inArticleId: articleId };
		await record(tx, moderator, { kind: 'problem.correct', subject });
		const removal = await record(tx, moderator, {
			kind: 'comment.remove',
			subject: { commentId, inArticleId: articleId },
			ground: 'abuse'
		});
		const restoring = { commentId, inArticleId: articleId };
		await record(tx, moderator, { kind: 'comment.restore', subject: restoring, reverses: removal });
		await tx.insert(schema.sanctions).values({
			...{ ...row(), id: sanctionId, accountId, kind: 'suspension', ground: 'abuse' },
			...{ reason: 'Again.', until, acknowledgedAt: at, endedAt: at },
			endedBy: moderator.accountId
		});
		await tx.insert(schema.accountNotes).values({ ...row(), accountId, note: 'Knows the mayor.' });
		await tx.insert(schema.statements).values({
			...{ id: statementId, accountId, restriction: 'suspension', actionId: removal },
			...{ commentId, sanctionId, ground: 'illegal-content', law: 'The law, § 1', reason: 'So.' },
			...{ automatic: true, until, createdAt: at }
		});
		await tx.insert(schema.appeals).values({
			...{ id: newId(), statementId, accountId, words: 'I object.', createdAt: at },
			...{ decidedAt: until, decidedBy: moderator.accountId, outcome: 'reversed', answer: 'Right.' }
		});
		await tx.insert(schema.notifications).values([
			{ id: newId(), accountId, kind: 'statement', statementId, createdAt: at },
			{ id: newId(), accountId, kind: 'problem', problemId, createdAt: at, readAt: until }
		]);
		await tx.insert(schema.reports).values({
			...{ id: newId(), commentId, revision: 1, guestName: 'Ann', guestEmail: 'a@b.example' },
			...{ reason: 'abuse', law: 'The law', weight: 150, secretHash: 'secret', createdAt: at },
			...{ settledAt: until, settledBy: moderator.accountId, outcome: 'upheld' }
		});
		await tx
			.update(schema.accounts)
			.set({ reportsUpheld: 2, reportsDismissed: 1 })
			.where(eq(schema.accounts.id, accountId));
		// Readers post again in these tests.
		await tx
			.update(schema.accounts)
			.set({ approvalRequiredAt: at, warningId: sanctionId, moderates: [category.id] })
			.where(eq(schema.accounts.id, moderator.accountId));
		const days = [...Array.from({ length: 6 }, () => [420, 1320] as const), null];
		await tx
			.update(schema.articles)
			.set({
				...{ slowMode: 'growing', slowSeconds: 90, closeAfterDays: 14, closeAfterSilentDays: 0 },
				...{ openHours: { zone: 'Europe/Berlin', days }, authorHere: true, staffMaySpeak: true },
				...{ message: 'Be *kind*.', messageHtml: '<p>Be <em>kind</em>.</p>\n' }
			})
			.where(eq(schema.articles.id, articleId));
		await tx
			.update(schema.comments)
			.set({
				...{ harm: 20, reportWeight: 150, foldedAt: at, unreviewed: true, textKey: 'key' },
				...{ ground: 'abuse', pickedAt: at, byAuthor: true }
			})
			.where(eq(schema.comments.id, commentId));
		await tx
			.update(schema.commentingStates)
			.set({ note: 'Back tomorrow.' })
			.where(eq(schema.commentingStates.articleId, articleId));
	});
}
