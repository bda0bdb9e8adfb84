import type { Database } from '../database/database.ts';
import { recountArticles } from './articles.ts';
import type { Recount, RecountReport } from './mending.ts';
import { recountQuotes } from './quotes.ts';
import { renderArticles } from './rendered.ts';
import { recountScores } from './scores.ts';
import { recountThreads } from './threads.ts';

export type { Mended, RecountReport } from './mending.ts';

/**
 * Recomputes every count and place that is kept in a row, page by page, and puts right what is wrong,
 * each in a transaction that counts again: people may post meanwhile. What an older renderer rendered is
 * rendered again.
 */
export async function recount(
	db: Database,
	onChecked: (comments: number) => void = () => {}
): Promise<RecountReport> {
	const report: RecountReport = { checked: { articles: 0, comments: 0 }, mended: [], wrong: 0 };
	const under: Recount = { report, onChecked };
	await recountThreads(db, under);
	await recountScores(db, under);
	await recountArticles(db, under);
	await recountQuotes(db, under);
	await renderArticles(db, under);
	return report;
}
