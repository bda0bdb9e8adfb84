import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { mails } from '#lib/server/database/schema.ts';
import * as outbox from '#lib/server/mail/outbox.ts';
import { testDatabase } from '../support/database.ts';
import { expectRefusal } from '../support/refusals.ts';
import * as settings from '../support/settings.ts';

settings.set({ ORIGIN: 'https://talk.example.org' });

let db: Database;

beforeAll(async () => {
	db = await testDatabase();
});
beforeEach(() => db.write((tx) => tx.delete(mails)));

const mail: outbox.Mail = {
	to: 'ann@example.org',
	subject: 'Your comment was picked',
	paragraphs: ['An editor picked your comment.', { link: { label: 'See it', url: '/c/1' } }]
};

test('a mail waits in the outbox, written out, from the commit on', async () => {
	await db.write(async (tx) => {
		await outbox.enqueue(tx, { ...mail, unsubscribeUrl: '/unsubscribe?key=1' });
	});
	const [row, ...more] = await db.read.select().from(mails);
	expect(more).toEqual([]);
	expect(row).toMatchObject({
		recipient: 'ann@example.org',
		subject: 'Your comment was picked',
		unsubscribeUrl: 'https://talk.example.org/unsubscribe?key=1',
		attempts: 0,
		nextAt: row.createdAt,
		sentAt: null,
		failedAt: null
	});
	expect(row.text).toContain(
		'An editor picked your comment.\n\nSee it:\nhttps://talk.example.org/c/1\n'
	);
	expect(row.html).toContain('<a href="https://talk.example.org/c/1">See it</a>');
});

test('there is none for an act that is rolled back', async () => {
	const failed = db.write(async (tx) => {
		await outbox.enqueue(tx, mail);
		throw new Error('no');
	});
	await expect(failed).rejects.toThrow('no');
	expect(await db.read.select().from(mails)).toEqual([]);
});

test.each([
	'ann',
	'ann@example.org, bob@example.org',
	'ann@example.org\r\nBcc: bob@example.org',
	'ann@example.org\0',
	'Ann <ann@example.org>'
])('%j is no address to write to', async (to) => {
	await expectRefusal(
		db.write((tx) => outbox.enqueue(tx, { ...mail, to })),
		422,
		'email'
	);
});
