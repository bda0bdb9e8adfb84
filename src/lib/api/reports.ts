import type { CommentWithText } from '#lib/server/comments/texts.ts';
import type { Reported, ReportView } from '#lib/server/moderation/reported.ts';
import { asComment } from './comments.ts';
import { asPerson } from './people.ts';
import type { Shape } from './schemas.ts';

/** A report as the API answers moderators. @param origin what its addresses begin with */
export function asReport(
	origin: string,
	{ reason, note, law, by, at, editedSince }: ReportView
): Shape<'Report'> {
	return {
		...{ reason, note, law, by: asPerson(origin, by) },
		...{ created_at: at.toISOString(), edited_since: editedSince }
	};
}

/** A reported comment as the API answers moderators. @param origin what its addresses begin with */
export function asReported(
	origin: string,
	{ since, reasons, reports, more, mayDecide }: Reported,
	comment: CommentWithText
): Shape<'ReportedComment'> {
	return {
		comment: asComment(origin, comment),
		since: since.toISOString(),
		reasons,
		reports: reports.map((report) => asReport(origin, report)),
		...{ more, may_decide: mayDecide }
	};
}
