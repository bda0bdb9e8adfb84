import { describe, expect, test } from 'vitest';
import { readRecord } from '#lib/server/transfer/read-record.ts';

const read = (value: unknown) => readRecord(JSON.stringify(value));

describe('a record', () => {
	test('has its times read and what is not known dropped', () => {
		const { record, ignored } = read({
			type: 'comment',
			id: '1',
			article: 'a',
			body: 'Words',
			created_at: '2014-09-05T10:00:00Z',
			author: { name: 'Ann', karma: 3 },
			revisions: [{ body: 'Word', who: 'Ann' }],
			ip: '192.0.2.1'
		});
		expect(ignored).toBe(3);
		expect(record).toEqual({
			type: 'comment',
			fields: {
				id: '1',
				article: 'a',
				body: 'Words',
				created_at: new Date('2014-09-05T10:00:00Z'),
				author: { name: 'Ann' },
				revisions: [{ body: 'Word' }]
			}
		});
	});

	test('keeps null in the details of an act, and nowhere else', () => {
		const { record } = read({
			type: 'action',
			id: '1',
			kind: 'account.role',
			account: 'a',
			actor: null,
			details: { from: null, to: 'editor' },
			created_at: '2014-09-05T10:00:00Z'
		});
		expect(record.fields).toMatchObject({ details: { from: null, to: 'editor' } });
		expect(record.fields).not.toHaveProperty('actor');
	});

	test('is made safe to store, keys and all', () => {
		const { record } = read({
			type: 'article',
			id: 'a\u0000b',
			title: 'T\ud800',
			body: 'One\r\ntwo\u2028three',
			source: { name: 'R\u0007' }
		});
		expect(record.fields).toMatchObject({
			id: 'ab',
			title: 'T\ufffd',
			body: 'One\ntwo\nthree',
			source: { name: 'R' }
		});
	});

	test('is no prototype', () => {
		const { record } = readRecord(
			'{"type":"category","id":"1","name":"N","__proto__":{"slug":"x"},"constructor":1}'
		);
		expect(Object.hasOwn(record.fields, 'slug')).toBe(false);
		expect((record.fields as { slug?: string }).slug).toBeUndefined();
	});

	test.each([
		['"type" is missing', {}],
		['there is no record type "toString"', { type: 'toString' }],
		['"name" is missing', { type: 'category', id: '1' }],
		['"name" is empty', { type: 'category', id: '1', name: ' ' }],
		['"name" is not text', { type: 'category', id: '1', name: { a: 1 } }],
		['"author.name" is missing', { type: 'article', id: '1', title: 'T', body: 'B', author: {} }],
		[
			'"author" is no id and no person',
			{ type: 'article', id: '1', title: 'T', body: 'B', author: 3 }
		],
		['"source" is not an object', { type: 'article', id: '1', title: 'T', body: 'B', source: 'R' }],
		[
			'"score" is not a whole number',
			{ type: 'comment', id: '1', article: 'a', body: 'B', score: 0.5 }
		],
		[
			'"revisions.1.body" is missing',
			{ type: 'comment', id: '1', article: 'a', body: 'B', revisions: [{ body: 'x' }, {}] }
		]
	])('is refused because %s', (reason, value) => {
		expect(() => read(value)).toThrow(reason);
	});
});
