import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import { history } from '#lib/server/comments/history.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, articles, commentRevisions } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { article, comment, importOf, outline, stored, words } from './support.ts';

let db: Database;
let count = 0;

beforeAll(async () => {
	db = await testDatabase();
});

/** Imports comments on an article of their own. */
async function imported(comments: object[], more: object = {}) {
	const slug = `harbour-${++count}`;
	const lines = comments.map((record) => ({ ...record, article: slug }));
	const report = await importOf(db, [article(slug, more), ...lines]);
	return { report, slug, rows: await stored(db, slug), read: () => outline(db, slug) };
}

const NEVER = 'its parent never came: it stands at the top level';
const CIRCLE = 'it and its parents reply to each other: it stands at the top level';

describe('places', () => {
	test('follow parents, numbered under their root without a gap', async () => {
		const { read, rows } = await imported([
			comment('a'),
			comment('b', { parent: 'a' }),
			comment('c'),
			comment('d', { parent: 'b' }),
			comment('e', { parent: 'a' })
		]);
		expect(await read()).toEqual([
			'This is a.',
			'  This is b.',
			'    This is d.',
			'  This is e.',
			'This is c.'
		]);
		expect(rows.map((row) => row.replySeq)).toEqual([null, 1, null, 2, 3]);
		expect(rows.map((row) => row.replyCount)).toEqual([3, 0, 0, 0, 0]);
		expect(rows.map((row) => row.listedIn === null)).toEqual([false, true, false, true, true]);
	});

	test('wait for parents that come later', async () => {
		const { read, report } = await imported([
			comment('e', { parent: 'd' }),
			comment('d', { parent: 'c' }),
			comment('b', { parent: 'a' }),
			comment('a'),
			comment('c', { parent: 'a' })
		]);
		expect(await read()).toEqual([
			'This is a.',
			'  This is b.',
			'  This is c.',
			'    This is d.',
			'      This is e.'
		]);
		expect(report).toMatchObject({ comments: 5, skipped: [] });
		expect(report.notes).toBeUndefined();
	});

	test('wait over many batches', async () => {
		const replies = Array.from({ length: 900 }, (_, at) => comment(`r${at}`, { parent: 'root' }));
		const { rows } = await imported([...replies, comment('root')]);
		const root = rows.find((row) => row.parentId === null)!;
		expect(rows).toHaveLength(901);
		expect(root.replyCount).toBe(900);
		const numbers = rows.flatMap((row) => row.replySeq ?? []);
		expect(numbers.toSorted((a, b) => a - b)).toEqual(replies.map((_, at) => at + 1));
	});

	test('are at the top level when the parent never comes, with all that is under them', async () => {
		const { read, report } = await imported([
			comment('a'),
			comment('b', { parent: 'lost' }),
			comment('c', { parent: 'b' }),
			comment('d')
		]);
		expect(await read()).toEqual(['This is a.', 'This is b.', '  This is c.', 'This is d.']);
		expect(report.notes).toEqual([{ line: 3, reason: NEVER }]);
		expect(report.skipped).toEqual([]);
	});

	test('are at the top level when the parent was a bad line', async () => {
		const { read, report } = await imported([
			comment('a', { body: '' }),
			comment('b', { parent: 'a' })
		]);
		expect(await read()).toEqual(['This is b.']);
		expect(report.skipped).toHaveLength(1);
		expect(report.notes).toEqual([{ line: 3, reason: NEVER }]);
	});

	test("I11 of comments that are each other's parents begin with the first", async () => {
		const { read, report } = await imported([
			comment('x'),
			comment('a', { parent: 'c' }),
			comment('b', { parent: 'a' }),
			comment('c', { parent: 'b' }),
			comment('self', { parent: 'self' })
		]);
		expect(await read()).toEqual([
			'This is x.',
			'This is a.',
			'  This is b.',
			'    This is c.',
			'This is self.'
		]);
		expect(report.notes).toEqual([
			{ line: 3, reason: CIRCLE },
			{ line: 6, reason: CIRCLE }
		]);
	});

	test('do not reach into another article', async () => {
		const site = { type: 'site', id: 'two', source_id: 'two-articles' };
		const report = await importOf(db, [
			...[site, article('north-pier'), article('south-pier')],
			comment('n', { article: 'north-pier' }),
			comment('s', { article: 'south-pier', parent: 'n' }),
			comment('t', { article: 'south-pier', parent: 's' })
		]);
		expect(await outline(db, 'south-pier')).toEqual(['This is s.', '  This is t.']);
		expect(await outline(db, 'north-pier')).toEqual(['This is n.']);
		expect(report.notes).toEqual([
			{ line: 5, reason: 'its parent is on another article: it stands at the top level' }
		]);
	});

	test('are not under what nobody can see', async () => {
		const { rows, report } = await imported([
			comment('a', { status: 'pending' }),
			comment('b', { parent: 'a' }),
			comment('c', { parent: 'a', status: 'pending' })
		]);
		expect(rows.map((row) => [words(row), row.depth, row.listedIn !== null])).toEqual([
			['This is a.', 0, false],
			['This is b.', 0, true],
			['This is c.', 1, false]
		]);
		expect(report.notes).toEqual([
			{ line: 3, reason: 'its parent is not shown: it stands at the top level' }
		]);
	});
});

describe('order', () => {
	test('is that of the times given', async () => {
		const at = (hour: number) => `2014-09-05T${String(hour).padStart(2, '0')}:00:00+01:00`;
		const { read, rows } = await imported([
			comment('late', { created_at: at(12) }),
			comment('early', { created_at: at(9) }),
			comment('middle', { created_at: at(10) })
		]);
		expect(await read()).toEqual(['This is early.', 'This is middle.', 'This is late.']);
		expect(rows[0].createdAt).toEqual(new Date('2014-09-05T08:00:00Z'));
	});

	test('is that of the file for equal and for absent times', async () => {
		const created_at = '2014-09-05T08:00:00Z';
		const names = ['k', 'b', 'z', 'a', 'm'];
		const equal = await imported(names.map((name) => comment(name, { created_at })));
		const absent = await imported(names.map((name) => comment(name)));
		const expected = names.map((name) => `This is ${name}.`);
		expect(await equal.read()).toEqual(expected);
		expect(await absent.read()).toEqual(expected);
	});

	test('is that of the file where only some have times', async () => {
		const { read } = await imported([
			comment('first', { created_at: '2014-09-05T08:00:00Z' }),
			comment('undated'),
			comment('second', { created_at: '2014-09-05T09:00:00Z' })
		]);
		expect(await read()).toEqual(['This is first.', 'This is undated.', 'This is second.']);
	});

	test('keeps the place of what waited for its parent in vain', async () => {
		const { read } = await imported([comment('a'), comment('b', { parent: 'lost' }), comment('c')]);
		expect(await read()).toEqual(['This is a.', 'This is b.', 'This is c.']);
	});
});

describe('what a comment carries', () => {
	test('is its author: an account, a name, or nobody', async () => {
		const slug = `harbour-${++count}`;
		await importOf(db, [
			{ type: 'account', id: '7', name: 'Wilma Grubb' },
			article(slug),
			comment('a', { article: slug, author: '7' }),
			comment('b', {
				article: slug,
				author: { name: 'Wilma\u202e Grubb ', email: 'w@example.org' }
			}),
			comment('c', { article: slug })
		]);
		const rows = await stored(db, slug);
		const [account] = await db.read.select().from(accounts).where(eq(accounts.name, 'Wilma Grubb'));
		expect(rows.map((row) => [row.authorId, row.guestName])).toEqual([
			[account.id, null],
			[null, 'Wilma Grubb'],
			[null, null]
		]);
	});

	test('is its status, which decides whether it has a place and counts', async () => {
		const statuses = ['published', 'pending', 'rejected', 'removed', 'deleted'];
		const { rows, slug } = await imported(
			statuses.map((status) =>
				comment(status, { status, body: status === 'deleted' ? '' : 'Words' })
			)
		);
		expect(rows.map((row) => row.status)).toEqual(statuses);
		expect(rows.map((row) => row.listedIn !== null)).toEqual([true, false, false, true, true]);
		const [row] = await db.read.select().from(articles).where(eq(articles.slug, slug));
		expect(row.commentCount).toBe(1);
	});

	test('is its score, never below nothing', async () => {
		const scores = [12, -4, 0, 1e15];
		const { rows } = await imported(scores.map((score) => comment(`s${score}`, { score })));
		expect(rows.map((row) => row.score)).toEqual([12, 0, 0, 1e9]);
	});

	test('is its earlier texts', async () => {
		const { rows } = await imported([
			comment('a', {
				body: 'The last word.',
				created_at: '2014-09-05T08:00:00Z',
				edited_at: '2014-09-05T08:10:00Z',
				revisions: [
					{ body: 'The first word.', created_at: '2014-09-05T08:00:00Z' },
					{
						body: '<p>The <b>second</b> word.</p>',
						body_format: 'html',
						created_at: '2014-09-05T08:05:00Z'
					}
				]
			})
		]);
		expect(rows[0]).toMatchObject({ revision: 3, editedAt: new Date('2014-09-05T08:10:00Z') });
		const earlier = await db.read
			.select()
			.from(commentRevisions)
			.where(eq(commentRevisions.commentId, rows[0].id))
			.orderBy(asc(commentRevisions.revision));
		expect(earlier.map((row) => [row.revision, words(row), row.createdAt.toISOString()])).toEqual([
			[1, 'The first word.', '2014-09-05T08:00:00.000Z'],
			[2, 'The **second** word.', '2014-09-05T08:05:00.000Z']
		]);
		const { revisions } = await history(db, guest(), rows[0].id);
		expect(revisions).toHaveLength(2);
	});
});

describe('a body', () => {
	const html = async (body: string, more: object = {}) => {
		const { rows, report } = await imported([comment('a', { body, ...more })]);
		const blocks = rows[0].blocks.map((block) => ('html' in block ? block.html : '[quote]'));
		return { html: blocks.join(''), rows, report };
	};

	test('I11 in HTML goes through the same sanitiser', async () => {
		const body =
			'<p onclick="x()">One <em>two</em><script>alert(1)</script></p><img src=x onerror=alert(2)>' +
			'<a href="javascript:alert(3)">three</a><ul><li>four</ul>';
		const { html: made } = await html(body, { body_format: 'html' });
		expect(made).toContain('<p>One <em>two</em></p>');
		expect(made).toContain('<li>four</li>');
		expect(made).not.toMatch(/script|onclick|onerror|<img/);
	});

	test('in Markdown has no HTML', async () => {
		const { html: made } = await html('<b>bold</b> **bold**');
		expect(made).toBe('<p>&lt;b&gt;bold&lt;/b&gt; <strong>bold</strong></p>\n');
	});

	test('longer than what is posted here is kept whole', async () => {
		const paragraph = `${'A long sentence about the pier. '.repeat(40).trim()}`;
		const body = Array.from({ length: 30 }, (_, at) => `${at}: ${paragraph}`).join('\n\n');
		const { rows, report } = await html(body);
		expect(report.notes).toBeUndefined();
		expect(rows[0].body.map((part) => ('text' in part ? part.text : '')).join('\n\n')).toBe(body);
	});

	test('that cannot be rendered becomes plain text, and the report says so', async () => {
		const body = `${'> '.repeat(40)}deep\n\n*${'**'.repeat(60)}stars${'**'.repeat(60)}*`;
		const { html: made, report } = await html(body);
		expect(report.notes).toEqual([
			{ line: 2, reason: 'its body could not be rendered and became plain text' }
		]);
		expect(made).toContain('deep');
		expect(made).not.toMatch(/<(?:blockquote|strong|em)>/);
	});

	test('with a hundred and more quote tags does not stop later quotes', async () => {
		const { report } = await imported([
			comment('a', { body: '[quote '.repeat(300) }),
			comment('b', { body: '> with four telling words\n\nNo.' })
		]);
		expect(report).toMatchObject({ comments: 2, quotes: { unresolved: 1 }, skipped: [] });
	});

	test('longer than anything is skipped', async () => {
		const { report } = await imported([comment('a', { body: 'x'.repeat(200_001) })]);
		expect(report.skipped).toEqual([
			{ line: 2, reason: 'its body has more than 200,000 characters' }
		]);
	});
});

test('a discussion that is closed or hidden takes an import', async () => {
	for (const commenting of ['disabled', 'hidden', 'premoderated']) {
		const { rows } = await imported([comment('a')], { commenting });
		expect(rows).toMatchObject([{ status: 'published' }]);
	}
});

test('an import raises the revisions of what it changes', async () => {
	const { slug } = await imported([comment('a')]);
	const revision = async () => {
		const [row] = await db.read.select().from(articles).where(eq(articles.slug, slug));
		return row.revision;
	};
	const before = await revision();
	await importOf(db, [article(slug), comment('b', { article: slug })]);
	expect(await revision()).toBeGreaterThan(before);
	const after = await revision();
	await importOf(db, [article(slug), comment('b', { article: slug })]);
	expect(await revision()).toBe(after);
});
