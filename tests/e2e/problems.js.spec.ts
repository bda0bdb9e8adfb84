import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { guest, member, MEMBERS_TIMEOUT, newArticle, post, type Client } from './support/api.ts';
import { open } from './support/pages.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect } from './support/site.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

let editor: Client;
let desk: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	desk = await signInNew(browser, site, 'editor');
});

test.afterAll(() => desk.page.context().close());

test('words selected in the article go into the form, with their paragraph', async ({ page }) => {
	const body = 'The tower is old.\n\nThe lamp is Swedish.\n\nThe lamp is Swedish.';
	const slug = await newArticle(editor, { body });
	await open(page, `/articles/${slug}`);
	const paragraph = page.locator('.article-body p').nth(2);
	const key = (await paragraph.getAttribute('id'))!.slice(2);
	await paragraph.selectText();
	const bar = page.getByRole('toolbar', { name: 'Selected passage' });
	await expect(bar.getByRole('button', { name: 'Quote', exact: true })).toHaveCount(0);
	await bar.getByRole('button', { name: 'Report a problem' }).click();
	await expect(page.locator('[name=passage]')).toHaveValue('The lamp is Swedish.');
	await expect(page.locator('[name=passageKey]')).toHaveValue(key);
	await expect(page.locator('[name=version]')).toHaveValue('1');
});

test('words selected in a comment are no problem of the article', async ({ site }) => {
	const { page } = desk;
	const slug = await newArticle(editor);
	const { id } = await post(await member(site, 'reader'), slug, 'Words of a comment.');
	await open(page, `/articles/${slug}`);
	await page.locator(`#c-${id} .comment-body p`).selectText();
	const bar = page.getByRole('toolbar', { name: 'Selected passage' });
	await expect(bar.getByRole('button', { name: 'Add to quotes' })).toBeVisible();
	await expect(bar.getByRole('button', { name: 'Report a problem' })).toHaveCount(0);
	await page.locator('.article-body p').first().selectText();
	await expect(bar.getByRole('button', { name: 'Report a problem' })).toBeVisible();
});

/** Looks at the page as it stands: on a phone and on a desk, by day and by night. */
async function inspect(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const size of [PHONE, DESKTOP]) {
			await page.setViewportSize(size);
			const overflow = () =>
				page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth
				);
			await expect.poll(overflow).toBe(0);
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		}
	}
}

test('every page of it suits every screen, eye and ear', async ({ page, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	const long = 'without_an_end_'.repeat(20);
	const slug = await newArticle(editor, { body: `It was ${long} old.\n\nIt was lit again.` });
	const json = { kind: 'wrong-fact', words: `Not ${long}.`, passage: `was ${long}`, version: 1 };
	const path = `/articles/${slug}/problems`;
	const first = await guest(site).expect(201, 'SentProblem', 'POST', path, { json });
	await editor.expect(201, 'SentProblem', 'POST', path, { json: { ...json, passage: 'Gone.' } });
	await page.goto(`/articles/${slug}/problem`);
	await inspect(page);
	await page.getByLabel('Typo').check();
	await page.locator('[name=words]').evaluate((words: HTMLTextAreaElement) => {
		words.value = 'x'.repeat(2001);
	});
	await page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await expect(page.getByRole('alert')).toBeVisible();
	await inspect(page);
	await page.locator('[name=words]').fill('It is lit.');
	await page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
	await inspect(page);
	await desk.page.goto('/moderation/problems');
	await inspect(desk.page);
	const answer = { answer: `It is ${long}.`, note: `It was ${long}.` };
	await editor.expect(200, 'ArticleProblem', 'POST', `/problems/${first.id}/correct`, {
		json: answer
	});
	await page.goto(first.url);
	await inspect(page);
	await page.goto(`/articles/${slug}`);
	await inspect(page);
	const { id } = await post(await member(site, 'reader'), slug, 'It is not old.');
	await desk.page.goto(`/c/${id}/problem`);
	await inspect(desk.page);
	await desk.page.goto(`/newsroom/${slug}`);
	await desk.page.locator('#correction summary').click();
	await inspect(desk.page);
	await desk.page.goto(`/articles/${slug}/problem`);
	await desk.page.getByLabel('Something else').check();
	await desk.page.locator('[name=words]').fill(long);
	await desk.page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await inspect(desk.page);
	await desk.page.goto('/account/problems');
	await inspect(desk.page);
});
