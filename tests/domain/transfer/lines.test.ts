import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, articles, comments, origins } from '#lib/server/database/schema.ts';
import { importFiles, type ImportOptions } from '#lib/server/transfer/import.ts';
import { testDatabase } from '../support/database.ts';
import { article, comment, fileOf, importOf, outline, pathFor, type Line } from './support.ts';

let db: Database;
let cases = 0;
/** The article of the test that runs: one database serves all, each with an article of its own. */
let slug: string;

beforeAll(async () => {
	db = await testDatabase();
});
beforeEach(() => {
	slug = `pier-${String.fromCharCode(97 + (cases % 26))}${++cases}-dock`;
});

/** The same lines about the test's own article and comments. */
function own(lines: Line[]): Line[] {
	const renamed = (line: object) => {
		const text = JSON.stringify(line).replaceAll('"pier"', `"${slug}"`);
		return text.replaceAll('"quay"', `"quay-of-${slug}"`);
	};
	return lines.map((line) => (typeof line === 'string' ? line : renamed(line)));
}

const importOwn = (lines: Line[], options: ImportOptions = {}) => importOf(db, own(lines), options);
const outlineOf = (name = slug) => outline(db, name);

async function rows(): Promise<number> {
	const counts = await Promise.all(
		[articles, comments, accounts, origins].map((table) => db.read.$count(table))
	);
	return counts.reduce((sum, count) => sum + count, 0);
}

const BAD: [string, Line, RegExp][] = [
	['bad JSON', '{"type": "comment",', /not JSON/],
	['something else than an object', '[1, 2]', /not a JSON object/],
	['no type', { id: 'x' }, /"type" is missing/],
	['an unknown type', { type: 'poll', id: 'x' }, /no record type "poll"/],
	['no id', { type: 'comment', article: 'pier', body: 'Words' }, /"id" is missing/],
	['an empty id', comment(''), /"id" is empty/],
	['no body', { type: 'comment', id: 'x', article: 'pier' }, /"body" is missing/],
	['an empty body', comment('x', { body: ' \n ' }), /"body" is empty/],
	['HTML without words', comment('x', { body: '<p></p>', body_format: 'html' }), /is empty/],
	['a value of the wrong kind', comment('x', { body: 7 }), /"body" is not text/],
	['an unknown status', comment('x', { status: 'hot' }), /"status" is none of published/],
	['a time without an offset', comment('x', { created_at: '2024-01-01T10:00:00' }), /offset/],
	['a day that never was', comment('x', { created_at: '2023-02-29T10:00:00Z' }), /ISO 8601/],
	[
		'an unknown article',
		comment('x', { article: 'nowhere' }),
		/article "nowhere", which is not there/
	],
	['an unknown author', comment('x', { author: 'nobody' }), /account "nobody", which is not there/],
	['an unknown byline', article('x', { author: 'nobody' }), /byline "nobody", which is not there/],
	['no title', { type: 'article', id: 'x', body: 'Words' }, /"title" is missing/],
	[
		'an unknown comment state',
		article('x', { commenting: 'shut' }),
		/"commenting" is none of open/
	],
	[
		'another kind of password hash',
		{ type: 'account', id: 'x', name: 'Ann', password_hash: '$2b$12$abcdefghijklmnopqrstuv' },
		/argon2id/
	],
	['a site in the middle', { type: 'site', id: 'x', source_id: 's' }, /must be the first/],
	[
		'what belongs to another kind of file',
		{
			type: 'origin',
			id: 'o',
			source: 's',
			of: 'comment',
			external_id: '1',
			internal_id: '0'.repeat(16)
		},
		/belong to an export of Afterword/
	]
];

describe.each(BAD)('a line with %s', (_what, line, reason) => {
	const lines = [article(), comment('a'), line, comment('b')];

	test('is skipped and named, and nothing else is lost', async () => {
		const report = await importOwn(lines);
		expect(report.skipped).toEqual([{ line: 3, reason: expect.stringMatching(reason) as string }]);
		expect(report).toMatchObject({ articles: 1, comments: 2 });
		expect(await outlineOf()).toEqual(['This is a.', 'This is b.']);
	});

	test('stops a strict import, which then changes nothing', async () => {
		const before = await rows();
		await expect(importOwn(lines, { strict: true })).rejects.toThrow(/^Line 3: /);
		expect(await rows()).toBe(before);
	});
});

test('a strict import of good lines is kept', async () => {
	const report = await importOwn([article(), comment('a')], { strict: true });
	expect(report).toMatchObject({ articles: 1, comments: 1 });
	expect(await outlineOf()).toEqual(['This is a.']);
});

test('a rehearsal reports the same and changes nothing', async () => {
	const lines = [
		...[article(), comment('a'), '{', comment('b', { parent: 'lost', mood: 'good' })],
		comment('c', { body: '> This is a.\n\nIs it?' })
	];
	const before = await rows();
	const rehearsed = await importOwn(lines, { dryRun: true });
	expect(await rows()).toBe(before);
	expect(await importOwn(lines)).toEqual(rehearsed);
	expect(rehearsed).toMatchObject({ comments: 3, quotes: { exact: 1 }, ignored_fields: 1 });
	expect(await rows()).toBeGreaterThan(before);
});

test('unknown fields are ignored and counted, at every depth', async () => {
	const report = await importOwn([
		article('pier', { shares: 12, source: { name: 'Reuters', logo: 'r.png' } }),
		comment('a', { author: { name: 'Ann', avatar: 'a.png' }, ip: '192.0.2.1' })
	]);
	expect(report).toMatchObject({ articles: 1, comments: 1, ignored_fields: 4, skipped: [] });
});

test('null stands for an absent field', async () => {
	const report = await importOwn([
		article('pier', { standfirst: null, category: null }),
		comment('a', { parent: null, author: null, created_at: null, score: null })
	]);
	expect(report).toMatchObject({ articles: 1, comments: 1, skipped: [], ignored_fields: 0 });
});

describe('I11 importing again', () => {
	const first = [article(), comment('a'), comment('b', { parent: 'a' })];

	test('changes nothing, from another path too', async () => {
		await importOwn(first);
		const before = await outlineOf();
		const again = await importOwn(first);
		expect(again).toMatchObject({ articles: 0, comments: 0, unchanged: 3 });
		expect(await outlineOf()).toEqual(before);
	});

	test('adds what a longer version has more', async () => {
		await importOwn(first);
		const longer = [
			...first,
			comment('c', { parent: 'b' }),
			article('quay', { title: 'The quay' })
		];
		const report = await importOwn(longer);
		expect(report).toMatchObject({ articles: 1, comments: 1, unchanged: 3 });
		expect(await outlineOf()).toEqual(['This is a.', '  This is b.', '    This is c.']);
		const [pier] = await db.read.select().from(articles).where(eq(articles.slug, slug));
		expect(pier.commentCount).toBe(3);
	});

	test('does not take another source for the same', async () => {
		const site = (id: string) => ({ type: 'site', id, source_id: id });
		await importOwn([site('old'), ...first]);
		const report = await importOwn([site('older'), ...first]);
		expect(report).toMatchObject({ articles: 1, comments: 2, unchanged: 0 });
		expect(await outlineOf(`${slug}-2`)).toEqual(['This is a.', '  This is b.']);
	});

	test('does not take another nameless file\'s "a" for its own', async () => {
		await importOwn(first);
		const other = [
			article('quay', { title: 'The quay' }),
			comment('a', { article: 'quay', body: 'Another a.' }),
			comment('b', { article: 'quay', body: 'Another b.', parent: 'a' })
		];
		expect(await importOwn(other)).toMatchObject({ articles: 1, comments: 2, unchanged: 0 });
		expect(await outlineOf(`quay-of-${slug}`)).toEqual(['Another a.', '  Another b.']);
		expect(await importOwn(other)).toMatchObject({ comments: 0, unchanged: 3 });
		expect(await outlineOf()).toEqual(['This is a.', '  This is b.']);
	});
});

describe('a file', () => {
	test('may be gzipped, whatever it is called', async () => {
		const plain = fileOf(own([article(), comment('a')]));
		const zipped = pathFor('zipped.jsonl');
		writeFileSync(zipped, gzipSync(readFileSync(plain)));
		let bytes = 0;
		const report = await importFiles(db, [zipped], { onBytes: (more) => (bytes += more) });
		expect(report).toMatchObject({ articles: 1, comments: 1 });
		expect(bytes).toBe(readFileSync(zipped).length);
	});

	test('I10 that is gzipped and cut short is said to be damaged', async () => {
		const cut = pathFor('cut.gz');
		const zipped = gzipSync(readFileSync(fileOf(own([article(), comment('a')]))));
		writeFileSync(cut, zipped.subarray(0, zipped.length - 12));
		await expect(importFiles(db, [cut])).rejects.toThrow('damaged');
	});

	test('may have a byte order mark, empty lines, CRLF and no last line end', async () => {
		const path = pathFor('windows.jsonl');
		const lines = own([article(), comment('a'), comment('b')]);
		writeFileSync(path, `\ufeff${lines.join('\r\n\r\n')}`);
		expect(await importFiles(db, [path])).toMatchObject({ comments: 2, skipped: [] });
	});

	test('may hold every line break of Unicode within its text', async () => {
		const body = 'One\u2028two\u2029three\u0085four';
		const path = pathFor('breaks.jsonl');
		writeFileSync(path, own([article(), comment('a', { body })]).join('\n'));
		expect(await importFiles(db, [path])).toMatchObject({ comments: 1, skipped: [] });
	});

	test('with a line that is not UTF-8 loses that line alone', async () => {
		const path = pathFor('latin1.jsonl');
		const [latin1, ...rest] = own([comment('a', { body: 'caf\u00e9' }), article(), comment('b')]);
		const line = Buffer.from(String(latin1), 'latin1');
		writeFileSync(
			path,
			Buffer.concat([
				Buffer.from(`${String(rest[0])}\n`),
				line,
				Buffer.from(`\n${String(rest[1])}`)
			])
		);
		const report = await importFiles(db, [path]);
		expect(report.skipped).toEqual([{ line: 2, reason: 'it is not UTF-8' }]);
		expect(report.comments).toBe(1);
	});

	test('may hold what PostgreSQL cannot store', async () => {
		const body = 'Nul \u0000 and half \ud83d a pair';
		const id = 'strange\u0000id\udc00';
		const report = await importOwn([
			article(),
			comment(id, { body, author: { name: 'A\u0000nn' } })
		]);
		expect(report).toMatchObject({ comments: 1, skipped: [] });
		expect(await outlineOf()).toEqual(['Nul  and half \ufffd a pair']);
	});

	test('is named in the report when there are several', async () => {
		const good = fileOf(own([article()]));
		const bad = fileOf(own(['{']));
		const report = await importFiles(db, [good, bad]);
		expect(report.skipped).toEqual([{ line: 1, reason: 'it is not JSON', file: bad }]);
	});

	test('of a newer version of the export is refused', async () => {
		const site = { type: 'site', id: 's', source_id: 's', software: 'afterword', format: 999 };
		const before = await rows();
		await expect(importOwn([site, article()])).rejects.toThrow('newer version');
		expect(await rows()).toBe(before);
	});
});

test('many bad lines do not hide the good ones, over several batches', async () => {
	const lines = Array.from({ length: 1500 }, (_, at) => (at % 3 === 0 ? '{' : comment(`c${at}`)));
	const report = await importOwn([article(), ...lines]);
	expect(report.comments).toBe(1000);
	expect(report.skipped).toHaveLength(500);
	expect(report.skipped.at(-1)?.line).toBe(1499);
	expect(await outlineOf()).toEqual(
		lines.flatMap((line, at) => (line === '{' ? [] : [`This is c${at}.`]))
	);
});
