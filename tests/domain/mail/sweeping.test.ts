import { afterEach, beforeEach, expect, test } from 'vitest';
import { shift } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';
import { claim, markSent, sweep } from '#lib/server/mail/deliveries.ts';
import { testDatabase } from '../support/database.ts';
import { enqueue, rows, withMail } from './support/mailing.ts';

withMail();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let db: Database;

beforeEach(async () => {
	db = await testDatabase();
	await enqueue(db, { to: 'sent@example.org' });
	await markSent(db, (await claim(db))!);
	await enqueue(db, { to: 'waits@example.org' });
});
afterEach(() => shift(0));

test('what waits is left for a day', async () => {
	shift(23 * HOUR);
	await sweep(db);
	expect(await rows(db)).toMatchObject([{}, { failedAt: null, lastError: '' }]);
	expect((await rows(db))[1].text).not.toBe('');
});

test('what nobody sent in a day is given up', async () => {
	shift(DAY + HOUR);
	await sweep(db);
	const [sent, given] = await rows(db);
	expect(sent).toMatchObject({ failedAt: null });
	expect(given).toMatchObject({ lastError: 'There was no mail server to give it to.', text: '' });
	expect(given.failedAt).not.toBeNull();
	expect(await claim(db)).toBeNull();
});

test('what somebody has in hand is not', async () => {
	shift(DAY + HOUR);
	await claim(db);
	await sweep(db);
	expect((await rows(db))[1].failedAt).toBeNull();
});

test('after two weeks nothing is left', async () => {
	shift(13 * DAY);
	await sweep(db);
	expect(await rows(db)).toHaveLength(2);
	shift(14 * DAY + HOUR);
	await sweep(db);
	expect(await rows(db)).toEqual([]);
});
