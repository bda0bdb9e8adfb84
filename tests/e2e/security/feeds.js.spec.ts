import type { Page } from '@playwright/test';
import { decide, expect, say, setState, test, write } from './support/world.ts';
import type { World } from './support/world.ts';

/** A document as the browser reads it, strictly. */
interface Read {
	/** What is wrong with it; null for nothing. */
	fault: string | null;
	root: string;
	/** Of an entry or place: its address, title, words and author. */
	entries: { id: string; title: string; html: string; author: string }[];
	/** The addresses of a sitemap. */
	places: string[];
}

async function look(world: World, path: string, headers: Record<string, string> = {}) {
	return world.people.guest.send(path, { headers });
}

function read(page: Page, xml: string): Promise<Read> {
	return page.evaluate((text) => {
		const parsed = new DOMParser().parseFromString(text, 'application/xml');
		const within = (element: Element, name: string) =>
			element.getElementsByTagName(name)[0]?.textContent ?? '';
		return {
			fault: parsed.querySelector('parsererror')?.textContent ?? null,
			root: `${parsed.documentElement.namespaceURI} ${parsed.documentElement.localName}`,
			entries: [...parsed.getElementsByTagName('entry')].map((entry) => ({
				id: within(entry, 'id'),
				title: within(entry, 'title'),
				html: within(entry, 'content'),
				author: within(entry, 'name')
			})),
			places: [...parsed.getElementsByTagName('loc')].map(({ textContent }) => textContent)
		};
	}, xml);
}

const ATOM = 'http://www.w3.org/2005/Atom feed';
const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9';

test('pages lead to their feeds, and feeds to their pages', async ({ world, page }) => {
	const { open } = world.stories;
	for (const [path, feed] of [
		['/', '/feed.xml'],
		['/categories/harbour', '/categories/harbour/feed.xml'],
		[`/articles/${open}`, `/articles/${open}/feed.xml`],
		['/people/Alice%20Writer', '/people/Alice%20Writer/feed.xml']
	]) {
		await page.goto(path);
		const link = page.locator('head link[rel=alternate][type="application/atom+xml"]');
		await expect(link).toHaveAttribute('href', feed);
		await expect(page.locator(`main a[href="${feed}"]`)).toBeVisible();
		const { status, headers, text } = await look(world, feed);
		expect(status).toBe(200);
		expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
		expect(headers['set-cookie']).toBeUndefined();
		const told = await read(page, text);
		expect(told).toMatchObject({ fault: null, root: ATOM });
		expect(told.entries.length).toBeGreaterThan(0);
		expect(text).toContain(
			`<link rel="alternate" type="text/html" href="http://localhost${path}"/>`
		);
	}
});

test('X12 a feed is well-formed, and says what was written', async ({ world, page }) => {
	const { editor, bob } = world.people;
	const title = 'A </title><script>alert(1)</script> & "<!--" ]]> story \u2028 😀';
	const slug = await write(editor, title, {
		standfirst: 'Of \u0001 & <b>\ud800',
		category: 'Odd & Co'
	});
	const id = await say(bob, slug, 'Say "</content>" <b> & ]]> \u0001\u0008 \ufffe \ud800 and 😀.');
	await page.goto('/');
	for (const path of ['/feed.xml', '/categories/odd-co/feed.xml', `/articles/${slug}/feed.xml`]) {
		const { text } = await look(world, path);
		const told = await read(page, text);
		expect(told.fault, path).toBeNull();
		expect(told.entries[0].title, path).toContain(
			'A </title><script>alert(1)</script> & "<!--" ]]>'
		);
	}
	const { text } = await look(world, `/articles/${slug}/feed.xml`);
	const [entry] = (await read(page, text)).entries;
	expect(entry).toMatchObject({ id: `http://localhost/c/${id}`, author: 'Bob Other' });
	const words = await page.evaluate(
		(html) => new DOMParser().parseFromString(html, 'text/html').body.textContent,
		entry.html
	);
	const plain = words.replace(/\s+/g, ' ').trim();
	expect(plain).toBe('Say "</content>" <b> & ]]> \ufffd and 😀.');
});

test('a feed is kept, and what was removed is gone from it with the answer', async ({ world }) => {
	const { editor, moderator, alice } = world.people;
	const slug = await write(editor, 'The story that readers follow');
	const id = await say(alice, slug, 'Words to be withdrawn shortly.');
	const path = `/articles/${slug}/feed.xml`;
	for (let n = 0; n < 2; n++) await look(world, path);
	const kept = await look(world, path);
	expect(kept.headers['cache-status']).toBe('afterword; hit');
	expect(kept.text).toContain('Words to be withdrawn');
	const asked = { 'If-None-Match': kept.headers.etag ?? '' };
	expect((await look(world, path, asked)).status).toBe(304);
	const zipped = await look(world, path, { 'Accept-Encoding': 'gzip' });
	expect(zipped.headers['content-encoding']).toBe('gzip');
	await decide(moderator, 'remove', id);
	const after = await look(world, path, asked);
	expect(after.status).toBe(200);
	expect(after.text).not.toContain('Words to be withdrawn');
	await decide(moderator, 'restore', id);
	expect((await look(world, path)).text).toContain('Words to be withdrawn');
	await setState(moderator, slug, 'hidden');
	for (const who of [world.people.guest, moderator]) {
		const { status, text } = await who.get(path);
		expect(status).toBe(200);
		expect(text).not.toContain('Words to be withdrawn');
	}
});

test('the sitemaps name every article, and no draft', async ({ world, page }) => {
	const { open, hidden, draft } = world.stories;
	await page.goto('/');
	const index = await read(page, (await look(world, '/sitemap.xml')).text);
	expect(index).toMatchObject({ fault: null, root: `${SITEMAP} sitemapindex` });
	const named: string[] = [];
	for (const place of index.places) {
		const { status, headers, text } = await look(world, new URL(place).pathname);
		expect(status, place).toBe(200);
		expect(headers['content-type']).toBe('application/xml; charset=utf-8');
		const one = await read(page, text);
		expect(one).toMatchObject({ fault: null, root: `${SITEMAP} urlset` });
		named.push(...one.places.map((address) => new URL(address).pathname));
	}
	for (const path of ['/', '/help', '/categories/harbour', `/articles/${open}`]) {
		expect(named).toContain(path);
	}
	expect(named).toContain(`/articles/${hidden}`);
	expect(named).not.toContain(`/articles/${draft}`);
	expect(new Set(named).size).toBe(named.length);
	for (const path of named.slice(0, 20)) expect((await look(world, path)).status, path).toBe(200);
});

test('crawlers are asked to leave forms alone', async ({ world }) => {
	const { status, headers, text } = await look(world, '/robots.txt');
	expect(status).toBe(200);
	expect(headers['content-type']).toBe('text/plain; charset=utf-8');
	expect(text).toContain('\nUser-agent: *\nDisallow: /account\n');
});
