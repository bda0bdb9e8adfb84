import type { CommentWithText } from '#lib/server/comments/texts.ts';
import type { Case } from '#lib/server/moderation/cases.ts';
import { asComment } from './comments.ts';
import { asReport } from './reports.ts';
import type { Shape } from './schemas.ts';

/** A case of the queue as the API answers moderators. @param origin what its addresses begin with */
export function asCase(
	origin: string,
	{ since, findings, reports, verbs, claim }: Case,
	comment: CommentWithText
): Shape<'Case'> {
	return {
		comment: asComment(origin, comment),
		since: since.toISOString(),
		findings: findings.map(({ phase, verdict, words }) => ({ phase, verdict, words })),
		reports: (reports?.reports ?? []).map((report) => asReport(origin, report)),
		more_reports: reports?.more ?? 0,
		decisions: verbs ? [verbs.stay, verbs.go] : [],
		claimed_by: claim && claim.by
	};
}
