import type { Page } from '@playwright/test';
import { expect, say, test, write } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const bodyOf = (page: Page, id: string) =>
	page.locator(`#c-${id} > .comment-body, #c-${id} .comment-body`).first();

/** Where each letter of a comment stands within it, to the pixel. */
function placesOf(page: Page, id: string): Promise<number[]> {
	return bodyOf(page, id).evaluate((body) => {
		const { left } = body.getBoundingClientRect();
		const text = document.createTreeWalker(body, NodeFilter.SHOW_TEXT).nextNode()!;
		return Array.from(text.textContent ?? '', (_, index) => {
			const range = document.createRange();
			range.setStart(text, index);
			range.setEnd(text, index + 1);
			return Math.round(range.getBoundingClientRect().left - left);
		});
	});
}

test('X5 no comment makes a reader’s browser load anything from elsewhere', async ({
	world,
	page
}) => {
	const body = [
		'![a cat](https://evil.test/cat.png)',
		'![](//evil.test/dot.gif)',
		'![x](data:image/svg+xml,<svg onload=alert(1)>)',
		'[![y](https://evil.test/y.png)](https://evil.test/)',
		'<img src="https://evil.test/z.png">'
	].join('\n\n');
	const elsewhere: string[] = [];
	page.on('request', (request) => {
		if (!request.url().startsWith(`${world.site.url}/`)) elsewhere.push(request.url());
	});
	const id = await say(world.people.bob, world.stories.open, body);
	await page.goto(`/c/${id}`);
	await expect(bodyOf(page, id)).toContainText('a cat');
	await expect(bodyOf(page, id).locator('img, picture, video, audio, object, iframe')).toHaveCount(
		0
	);
	expect(elsewhere).toEqual([]);
});

test('X8 nothing that people write gets an id or a name', async ({ world, page }) => {
	const body = [
		'# A heading {#login}',
		'<form id="composer" name="body"><input id="c-1" name="getElementById"></form>',
		'<a id="top" name="location">x</a>',
		'[a]: https://a.example/ "id"',
		'Text with a note[^1].\n\n[^1]: The note.'
	].join('\n\n');
	const ids = [
		await say(world.people.bob, world.stories.open, body),
		await say(world.people.alice, world.stories.open, body)
	];
	await page.goto(`/c/${ids[1]}`);
	await expect(bodyOf(page, ids[1])).toContainText('A heading');
	await expect(page.locator('.comment-body :is([id], [name])')).toHaveCount(0);
	const all = await page.locator('[id]').evaluateAll((found) => found.map(({ id }) => id));
	expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
});

test.describe('X9 odd letters stay where they were written', () => {
	const ODD = {
		'marks that pile up':
			`${'Z\u0337\u0301\u0302\u0303\u0304\u0305\u0306\u0307'.repeat(4)}algo `.repeat(8),
		'text that turns round': '\u202e\u2067drawkcab\u2066 \u202d over \u202b and out',
		'a language from the right': 'שלום לכולם, מה שלומכם היום?',
		'one word without an end': 'w'.repeat(3_000)
	};

	for (const [what, text] of Object.entries(ODD)) {
		test(`X9 ${what}`, async ({ world, page }) => {
			const { alice, bob, editor } = world.people;
			const slug = await write(editor, `A story with ${what}`);
			const before = await say(alice, slug, 'An ordinary line (before), with brackets.');
			const after = await say(alice, slug, 'An ordinary line (after), with brackets.');
			await page.goto(`/articles/${slug}`);
			const above = await bodyOf(page, before).screenshot();
			const places = await placesOf(page, after);
			const odd = await say(bob, slug, text, before);
			await page.goto(`/articles/${slug}`);
			await expect(bodyOf(page, odd)).toBeVisible();
			expect((await bodyOf(page, before).screenshot()).equals(above)).toBe(true);
			expect(await placesOf(page, after)).toEqual(places);
			const isWide = await page.evaluate(
				() => document.documentElement.scrollWidth > document.documentElement.clientWidth
			);
			expect(isWide).toBe(false);
		});
	}
});

test('X12 what a page says to programs is what was written', async ({ world, page }) => {
	const title = 'A </script><script>alert(1)</script> & "<!--" story \u2028 of \u2029 <b>old</b>';
	const slug = await write(world.people.editor, title);
	const odd = 'Say "</script>" \\u003c <!-- & ]]> \u0001\u0008 \ufffe \ud800 and 😀.';
	const id = await say(world.people.bob, slug, odd);
	await page.goto(`/articles/${slug}`);
	const data = await page
		.locator('script[type="application/ld+json"]')
		.evaluateAll((found) => found.map(({ textContent }) => JSON.parse(textContent) as object));
	const flat = JSON.stringify(data);
	expect(flat).toContain('</script><script>alert(1)</script>');
	const { text, headers } = await world.people.guest.api('GET', `/comments/${id}`);
	expect(headers['content-type']).toContain('application/json');
	const told = JSON.stringify(JSON.parse(text));
	expect(told).toContain('and 😀.');
	// No character that XML 1.0 forbids is ever stored.

	expect(JSON.parse(told)).not.toEqual(
		expect.stringMatching(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
	);
	expect(text).not.toMatch(/\\u000[18]|\\ud800/);
});
