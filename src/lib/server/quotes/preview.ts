import type { NewQuote } from '../comments/compose.ts';
import type { Read } from '../database/database.ts';
import { ARTICLE_NAME } from './attribution.ts';
import type { JoinedQuote, QuoteMap } from './join.ts';
import * as sources from './sources.ts';

type Source = Pick<JoinedQuote, 'saidBy' | 'sourceUrl' | 'sourceId' | 'withdrawn'>;

const WITHDRAWN: Source = { saidBy: null, sourceUrl: null, sourceId: null, withdrawn: true };

async function sourceOf(db: Read, row: NewQuote): Promise<Source> {
	if (row.sourceCommentId) {
		const source = await sources.byId(db, row.sourceCommentId);
		if (!source?.readable) return WITHDRAWN;
		const { id, name } = source;
		return { saidBy: name, sourceUrl: `/c/${id}`, sourceId: id, withdrawn: false };
	}
	if (row.sourceArticleId) {
		const source = await sources.article(db, { id: row.sourceArticleId });
		if (!source) return WITHDRAWN;
		const sourceUrl = `/articles/${source.slug}`;
		return { saidBy: ARTICLE_NAME, sourceUrl, sourceId: null, withdrawn: false };
	}
	return { saidBy: row.saidBy || null, sourceUrl: null, sourceId: null, withdrawn: false };
}

/** Quotes that are not stored yet, as they would be shown. */
export async function preview(db: Read, rows: NewQuote[]): Promise<QuoteMap> {
	const entries = rows.map(async (row): Promise<[string, JoinedQuote]> => {
		const { id, match, body } = row;
		const source = await sourceOf(db, row);
		const blocks = source.withdrawn ? [] : row.blocks;
		const unstored = { earlierVersion: false, versionUrl: null, url: null };
		return [id, { id, match, ...source, ...unstored, body, blocks }];
	});
	return new Map(await Promise.all(entries));
}
