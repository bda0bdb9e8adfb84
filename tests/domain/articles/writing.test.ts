import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as categories from '#lib/server/articles/categories.ts';
import * as write from '#lib/server/articles/write.ts';
import { articleVersions, commentingStates } from '#lib/server/database/schema.ts';
import { article, articleInput, newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcomes } from '../support/refusals.ts';

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
});

const create = (change: Parameters<typeof articleInput>[0] = {}, actor = room.editor) =>
	write.create(room.db, actor, articleInput(change));

const edit = (slug: string, change: write.ArticleChange, actor = room.editor) =>
	write.edit(room.db, actor, slug, change);

describe('who may write', () => {
	test.each([
		['reader', 403],
		['moderator', 403],
		['editor', null],
		['admin', null]
	] as const)('a %s: %s', async (role, status) => {
		const { slug } = await article(room.db);
		const acts = [
			() => create({}, room[role]),
			() => edit(slug, { title: 'New title' }, room[role]),
			() => write.forEditing(room.db, room[role], slug)
		];
		for (const act of acts) {
			if (status === null) await act();
			else await expectRefusal(act(), status);
		}
	});

	test('nobody without an account', async () => {
		const { slug } = await article(room.db);
		await expectRefusal(write.create(room.db, guest(), articleInput()), 401);
		await expectRefusal(write.edit(room.db, guest(), slug, {}), 401);
		await expectRefusal(write.forEditing(room.db, guest(), slug), 401);
	});
});

describe('a new article', () => {
	test('is read as it was written', async () => {
		const input = articleInput({
			...{ title: ' The  pier ', category: 'Harbour life', url: 'https://example.org/pier' },
			...{ sourceName: 'Reuters', sourceUrl: 'https://example.org', imageAlt: 'A pier' },
			...{ imageUrl: 'https://example.org/pier.jpg', imageCredit: 'Ann Lee' },
			body: '## Why\n\nIt was *old*.'
		});
		const { slug } = await write.create(room.db, room.editor, input);
		expect(slug).toBe('the-pier');
		expect(await articles.read(room.db, guest(), slug)).toMatchObject({
			title: 'The pier',
			bodyHtml: expect.stringMatching(
				/^<h2 id="p-\w{12}">Why<\/h2>\n<p id="p-\w{12}">It was <em>old<\/em>\.<\/p>\n$/
			) as string,
			...{ category: { slug: 'harbour-life', name: 'Harbour life' }, readingMinutes: 1 },
			source: { name: 'Reuters', url: 'https://example.org' },
			image: { url: 'https://example.org/pier.jpg', alt: 'A pier', credit: 'Ann Lee' },
			...{ version: 1, commentCount: 0, canonicalUrl: 'https://example.org/pier' },
			commenting: { state: 'open', note: '', until: null }
		});
	});

	test('finds its category by slug or name, and makes it once', async () => {
		const first = await create({ category: 'Town & Country' });
		for (const category of ['Town & Country', 'town-country']) await create({ category });
		const { category } = await articles.read(room.db, guest(), first.slug);
		expect(category).toEqual({ slug: 'town-country', name: 'Town & Country' });
		const all = await categories.list(room.db);
		expect(all.filter(({ slug }) => slug.startsWith('town-country'))).toHaveLength(1);
	});

	test.each(['disabled', 'hidden', 'premoderated'] as const)(
		'that begins %s has that state kept with who set it',
		async (commenting) => {
			const { id, slug } = await create({ commenting });
			const view = await articles.read(room.db, guest(), slug);
			expect(view.commenting).toMatchObject({ state: commenting });
			const rows = await room.db.read
				.select()
				.from(commentingStates)
				.where(eq(commentingStates.articleId, id));
			expect(rows).toMatchObject([{ state: commenting, actorId: room.editor.accountId }]);
		}
	);

	test('has an address that no other has', async () => {
		const same = { title: 'The same again' };
		expect((await create(same)).slug).toBe('the-same-again');
		expect((await create(same)).slug).toBe('the-same-again-2');
		expect((await create({ ...same, slug: 'my-own' })).slug).toBe('my-own');
		await expectRefusal(create({ slug: 'my-own' }), 409, 'slug-taken');
	});

	test('written at once with others of its title and category', async () => {
		const same = { title: 'All at once', category: 'At once' };
		const written = await Promise.all(Array.from({ length: 8 }, () => create(same)));
		expect(new Set(written.map(({ slug }) => slug)).size).toBe(8);
		const all = await categories.list(room.db);
		expect(all.filter(({ name }) => name === 'At once')).toHaveLength(1);
	});
});

test.each([
	['title', '', 'no-title'],
	['title', 'x'.repeat(301), 'too-long'],
	['standfirst', 'x'.repeat(1001), 'too-long'],
	['body', ' \n', 'no-body'],
	['body', 'x'.repeat(200_001), 'too-long'],
	['body', '- '.repeat(13) + 'x', 'text-too-complex'],
	['sourceUrl', 'javascript:alert(1)', 'bad-address'],
	['imageUrl', '/pier.jpg', 'bad-address'],
	['url', 'data:text/html,x', 'bad-address'],
	['category', 'x'.repeat(201), 'too-long'],
	['byline', 'nobody', 'unknown-byline']
])('a %s of %s is refused: %s', async (field, text, code) => {
	const { slug } = await article(room.db);
	const before = await write.forEditing(room.db, room.editor, slug);
	await expectRefusal(create({ [field]: text }), 422, code);
	await expectRefusal(edit(slug, { [field]: text }), 422, code);
	expect(await write.forEditing(room.db, room.editor, slug)).toEqual(before);
});

test.each(['Upper', 'a b', '../x', 'a--b', '-a', 'x'.repeat(81), 'a/b'])('%j is no slug', (slug) =>
	expectRefusal(create({ slug }), 422, 'bad-slug')
);

describe('an edit', () => {
	let slug: string;
	let id: string;
	beforeEach(async () => {
		({ slug, id } = await article(room.db, { category: 'Town', sourceName: 'Reuters' }));
	});
	const versions = () =>
		room.db.read.select().from(articleVersions).where(eq(articleVersions.articleId, id));

	test('changes what it names and nothing else', async () => {
		const before = await write.forEditing(room.db, room.editor, slug);
		await edit(slug, { title: 'New title', body: undefined, category: undefined });
		const after = await write.forEditing(room.db, room.editor, slug);
		expect(after).toEqual({ ...before, title: 'New title', version: 2 });
	});

	test('keeps the text that it replaces', async () => {
		const before = await write.forEditing(room.db, room.editor, slug);
		await edit(slug, { body: 'Another body' });
		await edit(slug, { standfirst: 'Another standfirst' });
		expect(await versions()).toMatchObject([
			{ version: 1, title: before.title, body: before.body },
			{ version: 2, title: before.title, body: 'Another body' }
		]);
		const view = await articles.read(room.db, guest(), slug);
		expect(view.version).toBe(3);
		expect(view.bodyHtml).toMatch(/^<p id="p-\w{12}">Another body<\/p>\n$/);
	});

	test('of anything but the text makes no version', async () => {
		await edit(slug, { sourceName: 'AP', category: '' });
		expect(await versions()).toEqual([]);
		const { source, category, version } = await articles.read(room.db, guest(), slug);
		expect({ source, category, version }).toEqual({
			...{ source: { name: 'AP', url: '' }, category: null, version: 1 }
		});
	});

	test('of an older version is a conflict, and nothing is lost', async () => {
		await edit(slug, { title: 'Mine', version: 1 });
		await expectRefusal(edit(slug, { title: 'Yours', version: 1 }), 409, 'edited-meanwhile');
		expect((await articles.read(room.db, guest(), slug)).title).toBe('Mine');
	});

	test('of ten at once of one version is one', async () => {
		const edits = Array.from({ length: 10 }, (_, index) =>
			edit(slug, { title: `Title ${index}`, version: 1 })
		);
		expect(await outcomes(edits)).toEqual({ done: 1, '409 edited-meanwhile': 9 });
	});

	test('keeps the day of publication', async () => {
		const { publishedAt } = await articles.read(room.db, guest(), slug);
		await edit(slug, { title: 'New title', published: true });
		expect((await articles.read(room.db, guest(), slug)).publishedAt).toEqual(publishedAt);
	});

	test.each(['nothing-here', '', '\u0000', '../x'])('of %j is refused', async (nothing) => {
		await expectRefusal(edit(nothing, { title: 'x' }), 404);
		await expectRefusal(write.forEditing(room.db, room.editor, nothing), 404);
	});
});
