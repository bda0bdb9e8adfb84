import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { xssPayloads } from '../../fixtures/xss.ts';
import type { Site } from '../../support/server.ts';
import { snapshot } from './support/database.ts';
import { expect, test } from './support/world.ts';

test.describe.configure({ timeout: 180_000 });

const MEGABYTE = 1024 * 1024;
/** Longer than any text can be that Node keeps. */
const BOMB_MEGABYTES = 600;

let folder = '';
test.beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'afterword-files-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

async function importOf(site: Site, name: string, content: string) {
	const path = join(folder, name);
	await writeFile(path, content);
	return site.cli(['import', path, '--json']);
}

const line = (record: object) => `${JSON.stringify(record)}\n`;

const XML = {
	'entities in entities': `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n} "${`&lol${n - 1 || ''};`.repeat(10)}">`).join('')}]><rss>&lol8;</rss>`,
	'a file of the server':
		'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
	'an address':
		'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><a/>'
};

for (const [what, content] of Object.entries(XML)) {
	test(`I9 XML with ${what} is refused unread`, async ({ world }) => {
		const before = snapshot(world.site);
		const { stdout, stderr } = await importOf(world.site, 'export.xml', content);
		expect(stdout + stderr).toContain('is not JSON');
		expect(stdout + stderr).not.toMatch(/root:|lollol/);
		expect(snapshot(world.site)).toEqual(before);
	});
}

test('I10 a small file that inflates to one endless line is not kept', async ({ world }) => {
	const path = join(folder, 'bomb.jsonl.gz');
	const megabytes = Readable.from(
		(function* () {
			for (let count = 0; count < BOMB_MEGABYTES; count++) yield Buffer.alloc(MEGABYTE, 'a');
		})()
	);
	await pipeline(megabytes, createGzip({ level: 1 }), createWriteStream(path));
	const before = snapshot(world.site);
	const { stdout, stderr, code } = await world.site.cli(['import', path, '--json']);
	expect(stdout + stderr).toContain('longer than');
	expect(code, stderr).toBe(0);
	expect(snapshot(world.site)).toEqual(before);
});

test('I11 what was imported is no more than a comment', async ({ world, page }) => {
	const records = [
		{ type: 'site', id: 'old', source_id: 'an-old-forum' },
		{ type: 'account', id: '1', name: 'Ada Overall', role: 'admin', email: 'ada@evil.test' },
		{ type: 'account', id: '2', name: '<img src=x onerror=alert(1)>' },
		{
			type: 'article',
			id: 'a',
			title: 'Imported',
			slug: 'imported-evil',
			body: '<p>Text.</p><script>alert(1)</script>',
			body_format: 'html',
			published_at: '2026-01-01T00:00:00Z'
		},
		...xssPayloads.slice(0, 300).map((body, index) => ({
			...{ type: 'comment', id: `c${index}`, article: 'a', author: '1', body },
			...{ body_format: 'html', created_at: '2026-01-01T00:00:00Z' }
		})),
		{ type: 'comment', id: 'x', article: 'a', parent: 'y', author: '2', body: 'One.' },
		{ type: 'comment', id: 'y', article: 'a', parent: 'x', author: '2', body: 'Two.' }
	];
	const made = await importOf(world.site, 'evil.jsonl', records.map(line).join(''));
	expect(made.code, made.stderr).toBe(0);
	const found: string[] = [];
	page.on('dialog', (dialog) => {
		found.push(dialog.message());
		void dialog.dismiss();
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(`${world.site.url}/`)) found.push(request.url());
	});
	await page.route('**/*', async (route) => {
		if (route.request().resourceType() !== 'document') return route.continue();
		const response = await route.fetch();
		const headers = { ...response.headers() };
		delete headers['content-security-policy'];
		await route.fulfill({ response, headers });
	});
	await page.goto('/articles/imported-evil');
	await expect(page.locator('.comment-body').first()).toBeVisible();
	const forbidden = '.comment-body, .article-body';
	for (const tag of [
		'script',
		'img',
		'svg',
		'iframe',
		'form',
		'style',
		'object',
		'[onerror]',
		'[onload]',
		'[style]'
	]) {
		await expect(page.locator(`:is(${forbidden}) ${tag}`)).toHaveCount(0);
	}
	const addresses = await page
		.locator(':is(.comment-body, .article-body) a[href]')
		.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
	expect(new Set([...addresses, 'https:', 'http:', 'mailto:']).size).toBe(3);
	expect(found).toEqual([]);
	// The administrator of that name is another: what came in has another name and no way to sign in.
	const again = await importOf(world.site, 'evil.jsonl', records.map(line).join(''));
	expect(JSON.parse(again.stdout)).toMatchObject({ articles: 0, comments: 0, accounts: 0 });
	expect((await world.people.guest.get('/people/Ada%20Overall%202')).status).toBe(200);
});
