import type { StatementView } from '#lib/server/moderation/statement-reading.ts';
import type { Shape } from './schemas.ts';

/** A statement as the API answers it. @param origin what its addresses begin with */
export function asStatement(origin: string, statement: StatementView): Shape<'Statement'> {
	const { id, restriction, ground, law, reason, automatic, at, until, holds } = statement;
	return {
		...{ id, url: origin + statement.url, restriction, ground, law, reason, automatic, holds },
		created_at: at.toISOString(),
		until: until?.toISOString() ?? null,
		comment: statement.comment?.id ?? null,
		article: statement.comment?.article.slug ?? null,
		appeal: statement.appeal && {
			...{ words: statement.appeal.words, answer: statement.appeal.answer },
			outcome: statement.appeal.outcome,
			created_at: statement.appeal.at.toISOString()
		}
	};
}
