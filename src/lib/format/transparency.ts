import type { TransparencyReport } from '#lib/server/transparency/transparency.ts';
import type { Cell } from './csv.ts';

const HEAD = ['table', 'item', 'detail', 'by', 'count'];

function by(automatic: boolean): string {
	return automatic ? 'software' : 'people';
}

/** A transparency report as one table, a number a line. */
export function tableOf(report: TransparencyReport): Cell[][] {
	const acts = (table: string, rows: TransparencyReport['decisions']) =>
		rows.map(({ kind, ground, automatic, count }) => [
			...[table, kind, ground ?? '', by(automatic), count]
		]);
	const numbers = (table: string, items: Record<string, number | null>) =>
		Object.entries(items).map(([item, count]) => [table, item, '', '', count ?? '']);
	return [
		HEAD,
		...numbers('comments', report.comments),
		...acts('decisions', report.decisions),
		...acts('sanctions', report.sanctions),
		...report.restrictions.map(({ restriction, ground, automatic, count }) => [
			...['statements', restriction, ground, by(automatic), count]
		]),
		...report.reports.flatMap(({ reason, ...counts }) =>
			Object.entries(counts).map(([outcome, count]) => ['reports', reason, outcome, '', count])
		),
		...numbers('notices of illegal content', report.notices),
		...numbers('reports decided', {
			share: report.decidedShare,
			'median seconds': report.medianSeconds
		}),
		...numbers('appeals', report.appeals),
		...numbers('reversals', { total: report.reversals }),
		...report.months.flatMap(({ month, ...counts }) =>
			Object.entries(counts).map(([item, count]) => ['months', month, item, '', count])
		)
	];
}
