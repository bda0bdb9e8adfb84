import { expect, test } from 'vitest';
import { tableOf } from '#lib/format/transparency.ts';

test('a report is one table, a number a line', () => {
	const table = tableOf({
		year: 2026,
		comments: { posted: 4, published: 3 },
		decisions: [{ kind: 'comment.remove', ground: 'spam', automatic: true, count: 2 }],
		sanctions: [],
		restrictions: [{ restriction: 'ban', ground: 'hate', automatic: false, count: 1 }],
		reversals: 1,
		reports: [{ reason: 'spam', total: 3, upheld: 2, dismissed: 1, withdrawn: 0, open: 0 }],
		notices: { total: 0, unsigned: 0, upheld: 0 },
		decidedShare: 1,
		medianSeconds: null,
		appeals: { total: 0, upheld: 0, reversed: 0, open: 0 },
		months: [{ month: '2026-01', posted: 4, published: 3, reports: 3, decisions: 2, automatic: 2 }]
	});
	expect(table.every((row) => row.length === 5)).toBe(true);
	expect(table).toEqual(
		expect.arrayContaining([
			['comments', 'posted', '', '', 4],
			['decisions', 'comment.remove', 'spam', 'software', 2],
			['statements', 'ban', 'hate', 'people', 1],
			['reports', 'spam', 'upheld', '', 2],
			['reports decided', 'median seconds', '', '', ''],
			['months', '2026-01', 'automatic', '', 2]
		])
	);
});
