import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/database.ts';
import { articles, quotes } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { article, comment, importOf, stored, words } from './support.ts';

const SAID = 'The tide will turn at noon, and the boats with it. Everybody knows that.';

let db: Database;
let count = 0;

beforeAll(async () => {
	db = await testDatabase();
});

/** Imports what Ann Pell said and what another comment makes of it. */
async function quoting(body: string, more: object = {}) {
	const slug = `harbour-${++count}`;
	const report = await importOf(db, [
		article(slug, { body: 'The council will dredge the channel before winter comes.' }),
		comment('said', { article: slug, body: SAID, author: { name: 'Ann Pell' } }),
		comment('other', {
			article: slug,
			body: 'Nothing to quote here.',
			author: { name: 'Bo Rudd' }
		}),
		comment('quotes', { article: slug, body, ...more })
	]);
	const rows = await stored(db, slug);
	const made = await db.read.select().from(quotes).where(eq(quotes.commentId, rows[2].id));
	return { report, rows, made, own: words(rows[2]) };
}

const OLD_STYLE: [string, string, string][] = [
	['NAME said,', `Ann Pell said,\n${SAID}\nI do.`, 'I do.'],
	['NAME said:', `Ann Pell said:\n${SAID}\n\nI do.`, 'I do.'],
	['NAME wrote:', `Ann Pell wrote:\n${SAID}\nI do.`, 'I do.'],
	['a name in another case', `ANN  PELL said,\n${SAID}\nI do.`, 'I do.'],
	[
		'other quotation marks and dashes',
		`Ann Pell said,\n${SAID}\nI don’t – not I.`,
		'I don’t – not I.'
	],
	['part of it', 'Ann Pell said,\nThe tide will turn at noon, and the boats with it.\nOh.', 'Oh.'],
	[
		'[quote="NAME, post:3, topic:9"]',
		`[quote="Ann Pell, post:3, topic:9"]\n${SAID}\n[/quote]\nOh.`,
		'Oh.'
	],
	['[quote=NAME]', `[quote=Ann Pell]${SAID}[/quote]\n\nOh.`, 'Oh.'],
	['a Markdown block', `> ${SAID}\n\nOh.`, 'Oh.'],
	['a Markdown block with a name', `> Ann Pell said,\n> ${SAID}\n\nOh.`, 'Oh.'],
	['a Markdown link', `> [Ann Pell said,](/c/said)\n> ${SAID}\n\nOh.`, 'Oh.']
];

describe('a quote written as', () => {
	test.each(OLD_STYLE)('%s is found', async (_what, body, own) => {
		const result = await quoting(body);
		expect(result.made).toMatchObject([
			{ match: 'exact', sourceCommentId: result.rows[0].id, sourceRevision: 1 }
		]);
		expect(result.own).toBe(`[quote]\n${own}`);
		expect(result.report.quotes).toEqual({ exact: 1, altered: 0, unresolved: 0 });
	});

	test.each([
		`<blockquote data-author="Ann Pell">${SAID}</blockquote><p>Oh.</p>`,
		`<blockquote cite="/c/said"><p>${SAID}</p></blockquote><p>Oh.</p>`,
		`<blockquote><p>Ann Pell said,</p><p>${SAID}</p></blockquote><p>Oh.</p>`,
		`<blockquote><p>Ann Pell wrote:<br>${SAID}</p></blockquote><p>Oh.</p>`,
		`<blockquote>${SAID}</blockquote><p>Oh.</p>`
	])('%s is found', async (body) => {
		const result = await quoting(body, { body_format: 'html' });
		expect(result.made).toMatchObject([{ match: 'exact', sourceCommentId: result.rows[0].id }]);
		expect(result.own).toBe('[quote]\nOh.');
	});

	test('other words under a name are altered', async () => {
		const { made, rows, report } = await quoting(
			'> [Ann Pell said,](/c/said)\n> The tide will never turn.\n\nHm.'
		);
		expect(made).toMatchObject([{ match: 'altered', sourceCommentId: rows[0].id }]);
		expect(report.quotes.altered).toBe(1);
	});

	test('words of nobody on the page have no source', async () => {
		const { made } = await quoting('Old Salt said,\nThere is no tide at all\n\nHm.');
		expect(made).toMatchObject([
			{ match: 'unresolved', sourceCommentId: null, saidBy: 'Old Salt' }
		]);
	});

	test('words of the article lead to it', async () => {
		const { made } = await quoting('> The council will dredge the channel\n\nWill it?');
		const [row] = await db.read
			.select()
			.from(articles)
			.where(eq(articles.slug, `harbour-${count}`));
		expect(made).toMatchObject([{ match: 'exact', sourceArticleId: row.id, sourceRevision: 1 }]);
	});
});

test('a comment is searched for its own words only', async () => {
	const slug = `harbour-${++count}`;
	await importOf(db, [
		article(slug),
		comment('a', { article: slug, body: SAID, author: { name: 'Ann Pell' } }),
		comment('b', { article: slug, body: `> ${SAID}\n\nNo.`, author: { name: 'Bo Rudd' } }),
		comment('c', { article: slug, body: `> ${SAID}\n\nYes.` })
	]);
	const rows = await stored(db, slug);
	const made = await db.read.select().from(quotes).where(eq(quotes.commentId, rows[2].id));
	expect(made).toMatchObject([{ match: 'exact', sourceCommentId: rows[0].id }]);
});

test('the quotes of earlier texts that stay are not made twice', async () => {
	const block = `> Ann Pell said,\n> ${SAID}`;
	const { made, rows } = await quoting(`${block}\n\nYes.`, {
		revisions: [{ body: `${block}\n\nNo.`, created_at: '2014-09-05T08:00:00Z' }]
	});
	expect(made).toHaveLength(1);
	expect(rows[2].revision).toBe(2);
});

test('links to comments lead to what they became, wherever they stand', async () => {
	const slug = `harbour-${++count}`;
	await importOf(db, [
		{ type: 'site', id: 'x', source_id: `links-${slug}`, url: 'https://old.example/' },
		article(slug),
		comment('with space', { article: slug, body: SAID }),
		comment('b', {
			article: slug,
			body:
				'See [here](/c/with%20space), [there](https://old.example/c/with%20space?x#y), ' +
				'[elsewhere](https://other.example/c/with%20space) and [nowhere](/c/lost).'
		})
	]);
	const [said, links] = await stored(db, slug);
	expect(words(links)).toBe(
		`See [here](/c/${said.id}), [there](/c/${said.id}), ` +
			'[elsewhere](https://other.example/c/with%20space) and [nowhere](/c/lost).'
	);
});

test('a discussion that is hidden has its quotes found', async () => {
	const slug = `harbour-${++count}`;
	const report = await importOf(db, [
		article(slug, { commenting: 'hidden' }),
		comment('a', { article: slug, body: SAID, author: { name: 'Ann Pell' } }),
		comment('b', { article: slug, body: `> [Ann Pell said,](/c/a)\n> ${SAID}\n\nYes.` })
	]);
	expect(report.quotes).toEqual({ exact: 1, altered: 0, unresolved: 0 });
});
