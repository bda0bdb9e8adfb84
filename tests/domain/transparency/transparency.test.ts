import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { appeals, statements } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { record } from '#lib/server/moderation/log.ts';
import * as notices from '#lib/server/moderation/notices.ts';
import { report } from '#lib/server/moderation/reports.ts';
import { compile } from '#lib/server/transparency/report.ts';
import * as transparency from '#lib/server/transparency/transparency.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR = new Date().getUTCFullYear();

let room: Newsroom;

const comment = () => say(room.db, room.reader, room.article, 'Words');

beforeAll(async () => {
	room = await newsroom();
	const { db, reader, other, moderator, editor } = room;
	const [removed, kept, gone, open] = [
		...[await comment(), await comment()],
		...[await comment(), await comment()]
	];
	const notice = { reason: 'illegal-content', note: 'Arson', goodFaith: true };
	await notices.give(db, guest(), { id: removed, ...notice, childAbuse: true });
	await report(db, other, { id: removed, ...notice });
	await decide.remove(db, moderator, { id: removed, ground: 'illegal-content', reason: '' });
	await report(db, other, { id: kept, reason: 'abuse' });
	await decide.keep(db, moderator, { id: kept, reason: '' });
	await report(db, other, { id: gone, reason: 'abuse' });
	await removeOwn(db, reader, gone);
	await report(db, other, { id: open, reason: 'spam' });
	await decide.restore(db, editor, { id: removed, reason: 'A quotation' });
	await db.write(async (tx) => {
		const subject = { accountId: reader.accountId };
		await record(tx, moderator, { kind: 'account.suspend', subject, ground: 'abuse' });
		const [statement] = await tx.select().from(statements);
		const { id: statementId, accountId } = statement;
		const words = 'It was a quotation.';
		await tx.insert(appeals).values({
			...{ id: newId(), statementId, accountId, words, createdAt: new Date() },
			...{ decidedAt: new Date(), decidedBy: editor.accountId, outcome: 'reversed' }
		});
	});
});
afterEach(() => shift(0));

describe('a year adds up', () => {
	test('decisions and restrictions by kind and ground', async () => {
		const made = await compile(room.db.read, YEAR);
		expect(made.decisions).toHaveLength(3);
		expect(made.decisions).toEqual(
			expect.arrayContaining([
				{ kind: 'comment.remove', ground: 'illegal-content', automatic: false, count: 1 },
				{ kind: 'comment.keep', ground: null, automatic: false, count: 1 },
				{ kind: 'comment.restore', ground: null, automatic: false, count: 1 }
			])
		);
		expect(made.sanctions).toEqual([
			{ kind: 'account.suspend', ground: 'abuse', automatic: false, count: 1 }
		]);
		expect(made.restrictions).toEqual([
			{ restriction: 'comment.remove', ground: 'illegal-content', automatic: false, count: 1 }
		]);
		expect(made).toMatchObject({
			reversals: 1,
			appeals: { total: 1, upheld: 0, reversed: 1, open: 0 }
		});
	});

	test('reports by reason and outcome, and how soon they were decided', async () => {
		const made = await compile(room.db.read, YEAR);
		const none = { upheld: 0, dismissed: 0, withdrawn: 0, open: 0 };
		expect(made.reports).toHaveLength(3);
		expect(made.reports).toEqual(
			expect.arrayContaining([
				{ ...none, reason: 'illegal-content', total: 2, upheld: 2 },
				{ ...none, reason: 'abuse', total: 2, dismissed: 1, withdrawn: 1 },
				{ ...none, reason: 'spam', total: 1, open: 1 }
			])
		);
		expect(made.notices).toEqual({ total: 2, unsigned: 1, upheld: 2 });
		expect(made.decidedShare).toBeCloseTo(3 / 5);
		expect(made.medianSeconds).toBeGreaterThanOrEqual(0);
	});

	test('by month', async () => {
		const made = await compile(room.db.read, YEAR);
		expect(made.comments).toEqual({ posted: 4, published: 3 });
		expect(made.months.map(({ month }) => month).slice(0, 2)).toEqual([`${YEAR}-01`, `${YEAR}-02`]);
		const month = new Date().toISOString().slice(0, 7);
		expect(made.months.find((one) => one.month === month)).toEqual({
			...{ month, posted: 4, published: 3, reports: 5, decisions: 3, automatic: 0 }
		});
		expect(made.months.filter(({ posted }) => posted > 0)).toHaveLength(1);
	});

	test('and another one to nothing', async () => {
		expect(await compile(room.db.read, YEAR - 5)).toMatchObject({
			...{ comments: { posted: 0 }, decisions: [], reports: [], medianSeconds: null },
			decidedShare: null
		});
	});
});

test('it is made once a day', async () => {
	const first = await transparency.read(room.db, String(YEAR));
	await comment();
	expect(await transparency.read(room.db, String(YEAR))).toBe(first);
	shift(DAY_MS);
	const next = await transparency.read(room.db, String(YEAR));
	expect(next.comments.posted).toBe(first.comments.posted + 1);
});

test.each(['1999', '', 'x', `0${YEAR}`, `${YEAR}.0`, `${YEAR + 1}`])(
	'%j is no year of this site',
	(year) => expectRefusal(transparency.read(room.db, year), 404)
);
