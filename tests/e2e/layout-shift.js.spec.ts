import type { Page } from '@playwright/test';
import { member, newArticle, post as postByApi, type Client } from './support/api.ts';
import { longDiscussion } from './support/long-discussion.ts';
import { open } from './support/pages.ts';
import { test } from './support/people.ts';
import { expect } from './support/site.ts';

/** Milliseconds that making accounts and scrolling through long pages may take on a loaded machine. */
const PATIENCE = 240_000;
/** What a browser calls none: less than this of the window times the way it moved. */
const NONE = 0.001;
const WINDOWS = { 'on a phone': [390, 844], 'on a desk': [1280, 900] } as const;

test.describe.configure({ timeout: PATIENCE });

let slug: string;
let editor: Client;
test.beforeAll(async ({ site }) => {
	slug = await longDiscussion(site);
	editor = await member(site, 'editor');
});

/** How much has moved since the page began that nobody touched. */
function shifts(page: Page): Promise<number> {
	return page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				new PerformanceObserver((list) => {
					const all = list.getEntries() as (PerformanceEntry & {
						value: number;
						hadRecentInput: boolean;
					})[];
					const untouched = all.filter(({ hadRecentInput }) => !hadRecentInput);
					resolve(untouched.reduce((sum, { value }) => sum + value, 0));
				}).observe({ type: 'layout-shift', buffered: true });
				// Without a shift nothing is observed.
				requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(0), 50)));
			})
	);
}

/** Scrolls through the whole page as a wheel does. */
async function readThrough(page: Page): Promise<void> {
	await page.mouse.move(100, 300);
	const atEnd = () =>
		page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
	while (!(await atEnd())) {
		await page.mouse.wheel(0, 700);
		await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
	}
}

for (const [where, [width, height]] of Object.entries(WINDOWS)) {
	test(`nothing moves that was not touched, ${where}`, async ({ someone }) => {
		const { page } = await someone('reader');
		await page.setViewportSize({ width, height });
		await open(page, '/');
		expect(await shifts(page), 'the front page').toBeLessThan(NONE);

		await open(page, `/articles/${slug}`);
		expect(await shifts(page), 'an article').toBeLessThan(NONE);
		await readThrough(page);
		expect(await shifts(page), 'an article, read to its end').toBeLessThan(NONE);

		const far = page.locator('.threads .comment').nth(150);
		const id = await far.getAttribute('id');
		await open(page, '/help');
		await open(page, `/articles/${slug}#${id}`);
		await expect(page.locator('.comment:target')).toBeInViewport();
		expect(await shifts(page), 'an article, come to a comment').toBeLessThan(NONE);
		// A wheel that turns while the page is still on its way there is not heard.
		await expect(async () => {
			await page.mouse.wheel(0, -2000);
			await expect(page.locator('.comment:target')).not.toBeInViewport({ timeout: 1000 });
		}).toPass();
		expect(await shifts(page), 'an article, read backwards from there').toBeLessThan(NONE);

		await page.getByRole('button', { name: /^(Dark|Light) page$/ }).click();
		await page.reload();
		await page.locator('.threads .acts a', { hasText: 'Reply' }).nth(2).click();
		await expect(page.locator('.comment + .composer')).toBeVisible();
		expect(await shifts(page), 'a page of another colour, with a reply').toBeLessThan(NONE);
	});

	test(`nothing moves for a guest, whose pages tell the time by the clock until it is an age, ${where}`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height });
		const here = await newArticle(editor);
		for (let number = 0; number < 4; number++) await postByApi(editor, here, `Comment ${number}.`);
		for (const path of ['/', `/articles/${here}`]) {
			await open(page, path);
			await expect(page.getByText(/^(now|\d+ min)$/).first()).toBeAttached();
			expect(await shifts(page), path).toBeLessThan(NONE);
		}
	});

	test(`nothing moves when a comment arrives, ${where}`, async ({ someone }) => {
		const { page } = await someone('reader');
		await page.setViewportSize({ width, height });
		const here = await newArticle(editor);
		for (let number = 0; number < 8; number++) await postByApi(editor, here, `Comment ${number}.`);
		await open(page, `/articles/${here}`);
		await page.locator('.threads').evaluate((threads) => threads.scrollIntoView());
		await postByApi(editor, here, 'The newest.');
		await expect(page.locator('.live-bar')).toContainText('1 new comment');
		expect(await shifts(page)).toBeLessThan(NONE);
	});
}
