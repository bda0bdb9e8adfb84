import type { NewQuote } from '../comments/compose.ts';
import type { Read } from '../database/database.ts';
import type { JoinedQuote, QuoteMap } from './join.ts';
import * as sources from './sources.ts';

async function sourceOf(
	db: Read,
	row: NewQuote
): Promise<Pick<JoinedQuote, 'saidBy' | 'sourceUrl' | 'sourceId'>> {
	if (row.sourceCommentId) {
		const source = await sources.byId(db, row.sourceCommentId);
		if (source) {
			return { saidBy: source.name, sourceUrl: `/c/${source.id}`, sourceId: source.id };
		}
	}
	if (row.sourceArticleId) {
		const source = await sources.article(db, { id: row.sourceArticleId });
		if (source) {
			return { saidBy: 'The article', sourceUrl: `/articles/${source.slug}`, sourceId: null };
		}
	}
	return { saidBy: row.saidBy || null, sourceUrl: null, sourceId: null };
}

/** Quotes that are not stored yet, as they would be shown: their sources were readable a moment ago. */
export async function preview(db: Read, rows: NewQuote[]): Promise<QuoteMap> {
	const entries = rows.map(async (row): Promise<[string, JoinedQuote]> => {
		const { id, match, body, blocks } = row;
		const source = await sourceOf(db, row);
		return [id, { id, match, ...source, earlierVersion: false, withdrawn: false, body, blocks }];
	});
	return new Map(await Promise.all(entries));
}
