import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as sitemap from '#lib/feeds/sitemap.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as months from '#lib/server/articles/months.ts';
import * as write from '#lib/server/articles/write.ts';
import type { ArticleInput } from '#lib/server/articles/write.ts';
import { articles } from '#lib/server/database/schema.ts';
import { article, newsroom, type Newsroom } from '../support/newsroom.ts';

const ORIGIN = 'https://talk.example.org';

let room: Newsroom;

/** An article published at a time, and its address. */
async function published(at: string, more: Partial<ArticleInput> = {}): Promise<string> {
	const { slug } = await article(room.db, more);
	const publishedAt = new Date(at);
	await room.db.write((tx) =>
		tx.update(articles).set({ publishedAt }).where(eq(articles.slug, slug))
	);
	return `${ORIGIN}/articles/${slug}`;
}

async function read(name: string): Promise<string> {
	return (await sitemap.read(room.db, ORIGIN, { name, guides: ['/help'] })) ?? '';
}

/** The addresses in a sitemap, in its order. */
function addresses(xml: string): string[] {
	return [...xml.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);
}

beforeAll(async () => {
	room = await newsroom();
	await room.db.write((tx) => tx.update(articles).set({ publishedAt: null }));
});

test('there is a sitemap for each month in which anything was published', async () => {
	expect(await months.list(room.db)).toEqual([]);
	const last = await published('2024-12-31T23:59:59.999Z');
	const first = await published('2025-01-01T00:00:00Z');
	const later = await published('2025-01-31T23:59:59.999Z');
	await published('1998-02-10T00:00:00Z');
	expect(await months.list(room.db)).toEqual(['1998-02', '2024-12', '2025-01']);
	expect(addresses(await sitemap.index(room.db, ORIGIN))).toEqual(
		['sections', '1998-02', '2024-12', '2025-01'].map((name) => `${ORIGIN}/sitemaps/${name}.xml`)
	);
	expect(addresses(await read('2024-12'))).toEqual([last]);
	expect(addresses(await read('2025-01'))).toEqual([first, later]);
	expect(addresses(await read('2025-02'))).toEqual([]);
});

test('what is written later changes no other month', async () => {
	await published('2023-05-05T00:00:00Z');
	const before = await read('2023-05');
	await published('2023-06-05T00:00:00Z');
	expect(await read('2023-05')).toBe(before);
});

test('drafts are in none, hidden discussions are articles still', async () => {
	const address = await published('2022-03-03T00:00:00Z');
	const slug = address.replace(/.*\//, '');
	await commenting.set(room.db, room.moderator, slug, { state: 'hidden' });
	expect(addresses(await read('2022-03'))).toEqual([address]);
	await write.edit(room.db, room.editor, slug, { published: false });
	expect(addresses(await read('2022-03'))).toEqual([]);
	expect(await months.list(room.db)).not.toContain('2022-03');
});

test('what is to be found elsewhere is not in them', async () => {
	const here = await published('2021-03-03T00:00:00Z');
	await published('2021-03-04T00:00:00Z', { url: 'https://paper.example.org/story' });
	expect(addresses(await read('2021-03'))).toEqual([here]);
});

test('each says when it was changed last', async () => {
	const address = await published('2020-03-03T00:00:00Z');
	const updatedAt = new Date('2020-04-05T06:07:08.009Z');
	await room.db.write((tx) =>
		tx
			.update(articles)
			.set({ updatedAt })
			.where(eq(articles.slug, address.replace(/.*\//, '')))
	);
	expect(await read('2020-03')).toContain('<lastmod>2020-04-05T06:07:08.009Z</lastmod>');
});

test('the sections are the front page, the categories and the guides', async () => {
	await article(room.db, { category: 'Harbour' });
	expect(addresses(await read('sections'))).toEqual([
		...[`${ORIGIN}/`, `${ORIGIN}/categories/harbour`, `${ORIGIN}/help`]
	]);
});

test.each(['', 'nothing', '2026', '2026-00', '2026-13', '2026-1', '02026-01', '2026-01-01', '\0'])(
	'%j is no sitemap',
	async (name) => {
		expect(await sitemap.read(room.db, ORIGIN, { name, guides: [] })).toBeNull();
	}
);
