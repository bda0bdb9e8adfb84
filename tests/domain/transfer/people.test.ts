import { desc, eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as passwords from '#lib/server/accounts/passwords/passwords.ts';
import { signIn } from '#lib/server/accounts/credentials.ts';
import { guest } from '#lib/server/actor.ts';
import * as articlesOf from '#lib/server/articles/articles.ts';
import type { Database } from '#lib/server/database/database.ts';
import { accounts, articles, bylines, categories } from '#lib/server/database/schema.ts';
import { testDatabase } from '../support/database.ts';
import { member } from '../support/newsroom.ts';
import { article, importOf } from './support.ts';

let db: Database;
beforeAll(async () => {
	db = await testDatabase();
});

const account = (id: string, more: object) => ({ type: 'account', id, ...more });

async function byName(...names: string[]) {
	return db.read
		.select()
		.from(accounts)
		.where(inArray(accounts.name, names))
		.orderBy(desc(accounts.name));
}

describe('accounts', () => {
	test('come with all that is known of them', async () => {
		const hash = await passwords.hash('a long enough secret');
		const report = await importOf(db, [
			account('1', {
				name: 'Greta Holm',
				email: 'Greta@Example.org',
				password_hash: hash,
				role: 'moderator',
				created_at: '2012-03-04T05:06:07Z',
				bio: 'Rows.',
				suspended_until: '2099-01-01T00:00:00Z'
			}),
			account('2', { name: 'Otto Barr', banned: true })
		]);
		expect(report).toMatchObject({ accounts: 2, skipped: [] });
		const [otto, greta] = await byName('Greta Holm', 'Otto Barr');
		expect(greta).toMatchObject({
			email: 'Greta@Example.org',
			emailKey: 'greta@example.org',
			role: 'moderator',
			bio: 'Rows.',
			createdAt: new Date('2012-03-04T05:06:07Z'),
			suspendedUntil: new Date('2099-01-01T00:00:00Z'),
			bannedAt: null
		});
		expect(otto.bannedAt).not.toBeNull();
		expect(otto.passwordHash).toBeNull();
		const signedIn = await signIn(db, guest(), {
			name: 'greta holm',
			password: 'a long enough secret'
		});
		expect(signedIn.id).toBe(greta.id);
	});

	test('I11 never become accounts that are there', async () => {
		const there = await member(db, 'admin', 'Ada Quill');
		const report = await importOf(db, [
			account('10', { name: 'ada quill', email: 'ada.quill@example.org', role: 'reader' }),
			account('11', { name: 'Ada  Quill' })
		]);
		expect(report).toMatchObject({ accounts: 2, unchanged: 0 });
		expect(report.notes).toEqual([
			{ line: 1, reason: 'the account "ada quill" is called "ada quill 2" here' },
			{ line: 1, reason: '"email" belongs to another account and was left out' },
			{ line: 2, reason: 'the account "Ada Quill" is called "Ada Quill 3" here' }
		]);
		const [old] = await byName('Ada Quill');
		expect(old).toMatchObject({ id: there.accountId, role: 'admin' });
		const [second] = await byName('ada quill 2');
		expect(second).toMatchObject({ email: null, role: 'reader' });
	});

	test.each([
		['★ Star ★', /^Star$/],
		['Administrator', /^Administrator 2$/],
		['A very long name that goes on and on', /^A very long name that goes on$/],
		['!!!', /^Reader/],
		['Pаul', /^P ul$|^Reader/]
	])('called %s get a name that may be', async (name, expected) => {
		const report = await importOf(db, [account(`odd ${name}`, { name })]);
		const [row] = await db.read.select().from(accounts).orderBy(desc(accounts.id)).limit(1);
		expect(report.accounts).toBe(1);
		expect(report.notes).toHaveLength(1);
		expect(row.name).toMatch(expected);
	});

	test('of a nameless file with an id that was somebody else are reported', async () => {
		await importOf(db, [account('77', { name: 'Nils Berg' })]);
		const report = await importOf(db, [account('77', { name: 'Vera Stone' })]);
		expect(report).toMatchObject({ accounts: 0, unchanged: 1 });
		expect(report.notes?.[0].reason).toContain('"Nils Berg"');
	});
});

describe('sections and authors', () => {
	test('come as records or by name, and are the same when they are', async () => {
		const report = await importOf(db, [
			{ type: 'category', id: 'c1', name: 'Harbour', slug: 'docks', description: 'Ships.' },
			account('b1', { name: 'Ines Roy' }),
			{
				type: 'byline',
				id: 'b1',
				name: 'Ines Roy',
				role: 'Reporter',
				bio: 'Writes.',
				account: 'b1'
			},
			article('one', { category: 'c1', author: 'b1' }),
			article('two', { category: 'Harbour', author: { name: 'Sam Poe', role: 'Cook' } }),
			article('three', { category: 'Town hall', author: { name: 'Sam Poe', role: 'Cook' } }),
			article('four', { category: 'Town hall' })
		]);
		expect(report).toMatchObject({ articles: 4, categories: 2, bylines: 2, skipped: [] });
		const sections = await db.read.select().from(categories).orderBy(categories.slug);
		expect(sections.map(({ slug, name }) => [slug, name])).toEqual([
			['docks', 'Harbour'],
			['town-hall', 'Town hall']
		]);
		const one = await articlesOf.read(db, guest(), 'one');
		expect(one).toMatchObject({ category: { slug: 'docks' }, byline: { slug: 'ines-roy' } });
		const [ines] = await db.read.select().from(bylines).where(eq(bylines.slug, 'ines-roy'));
		expect(ines.accountId).not.toBeNull();
	});
});

describe('articles', () => {
	const slugs: [string, object, string][] = [
		['its slug', { id: '901', slug: 'a-fine-day' }, 'a-fine-day'],
		['its id, when people can read it', { id: 'storm-over-the-bay' }, 'storm-over-the-bay'],
		['its title, when the id is a number', { id: '902', title: 'Rain, again' }, 'rain-again'],
		['its title, when the id is a hash', { id: '5f2b9c1e', title: 'Snow?' }, 'snow'],
		['a number more, when another has it', { id: '903', slug: 'a-fine-day' }, 'a-fine-day-2'],
		['what is left of an odd slug', { id: '904', slug: 'Über/Uns!' }, 'uber-uns']
	];

	test.each(slugs)('have an address made of %s', async (_what, fields, slug) => {
		await importOf(db, [article('x', fields)]);
		const rows = await db.read.select().from(articles).where(eq(articles.slug, slug));
		expect(rows).toHaveLength(1);
	});

	test('come with all that is printed', async () => {
		await importOf(db, [
			article('all-of-it', {
				body: '<h1>Big</h1><p>One<script>x</script></p>',
				body_format: 'html',
				standfirst: 'In short.',
				source: { name: 'Reuters', url: 'https://reuters.example/1' },
				image: { url: 'https://img.example/1.jpg', alt: 'A ship', credit: 'Joss' },
				url: 'https://old.example/1',
				published_at: '2014-09-05T10:00:00+02:00',
				updated_at: '2014-09-06T10:00:00+02:00',
				commenting: 'premoderated'
			})
		]);
		const [row] = await db.read.select().from(articles).where(eq(articles.slug, 'all-of-it'));
		expect(row).toMatchObject({
			standfirst: 'In short.',
			sourceName: 'Reuters',
			sourceUrl: 'https://reuters.example/1',
			imageUrl: 'https://img.example/1.jpg',
			imageAlt: 'A ship',
			imageCredit: 'Joss',
			url: 'https://old.example/1',
			publishedAt: new Date('2014-09-05T08:00:00Z'),
			updatedAt: new Date('2014-09-06T08:00:00Z'),
			commenting: 'premoderated'
		});
		expect(row.bodyHtml).toMatch(/^<h2 [^>]*>Big<\/h2>\s*<p [^>]*>One<\/p>/);
	});

	test('lose what cannot be kept, and say so', async () => {
		const report = await importOf(db, [
			article('odd-one', {
				title: 'T'.repeat(400),
				image: { url: 'javascript:alert(1)' },
				url: '/relative'
			})
		]);
		expect(report.notes?.map(({ reason }) => reason)).toEqual([
			'"title" is longer than 300 characters and was cut',
			'"image.url" is no web address and was left out',
			'"url" is no web address and was left out'
		]);
		const [row] = await db.read.select().from(articles).where(eq(articles.slug, 'odd-one'));
		expect(row).toMatchObject({ imageUrl: '', url: '' });
		expect(row.title.length).toBeLessThanOrEqual(300);
	});

	test('without a time have the time of the import', async () => {
		const before = Date.now();
		await importOf(db, [article('timeless-tale')]);
		const [row] = await db.read.select().from(articles).where(eq(articles.slug, 'timeless-tale'));
		expect(row.publishedAt!.getTime()).toBeGreaterThanOrEqual(before);
	});
});
