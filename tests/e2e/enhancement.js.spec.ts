import type { Page } from '@playwright/test';
import { member, newArticle, post as postByApi, type Client } from './support/api.ts';
import { countLoads, open } from './support/pages.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect } from './support/site.ts';
import { body } from './support/writing.ts';

/** Milliseconds that making three accounts may take on a loaded machine. */
const PATIENCE = 180_000;

let editor: Client;
let ann: Client;
let bob: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	editor = await member(site, 'editor');
	ann = await member(site, 'reader');
	bob = await signInNew(browser, site, 'reader');
});

test.afterAll(() => bob.page.context().close());

/** Selects the first `length` characters of a comment's words. */
async function select(page: Page, id: string, length: number): Promise<void> {
	await page.locator(`#c-${id} .comment-body p`).evaluate((paragraph, to) => {
		const range = document.createRange();
		range.setStart(paragraph.firstChild!, 0);
		range.setEnd(paragraph.firstChild!, to);
		getSelection()!.removeAllRanges();
		getSelection()!.addRange(range);
	}, length);
}

test('replying, quoting, previewing and recommending load no new page', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await postByApi(ann, slug, 'Selected words, and others.');
	await open(page, `/articles/${slug}`);
	const loads = countLoads(page);
	const acts = page.locator(`#c-${id} .acts`);

	await acts.getByRole('link', { name: 'Reply' }).click();
	await expect(page.locator(`#c-${id} + .composer`)).toBeVisible();
	await expect(body(page)).toBeFocused();
	await page.getByRole('link', { name: 'Write a new comment instead' }).click();
	await expect(page.locator('.discussion-head + .composer')).toBeVisible();

	await select(page, id, 'Selected words'.length);
	await page.locator('.passage-bar').getByRole('button', { name: 'Quote', exact: true }).click();
	await expect(body(page)).toHaveValue(`> [${ann.name} said,](/c/${id})\n> Selected words\n\n`);
	await expect(page.locator(`#c-${id} + .composer`)).toBeVisible();
	await acts.getByRole('link', { name: 'Quote' }).click();
	await expect(body(page)).toHaveValue(
		/> Selected words\n\n> .*\n> Selected words, and others\.\n\n$/
	);

	await page.getByRole('button', { name: 'Preview' }).click();
	await expect(page.locator('.preview blockquote.quote')).toHaveCount(2);

	await acts.getByRole('button', { name: 'Recommend' }).click();
	await expect(acts.getByRole('button', { name: 'Recommend' })).toHaveText('Recommend 1');
	expect(loads()).toBe(0);
	const { score } = await editor.expect(200, 'Comment', 'GET', `/comments/${id}`);
	expect(score).toBe(1);
});

test('a draft outlives the page, and goes when it was posted', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await postByApi(ann, slug, 'Something to answer.');
	await open(page, `/articles/${slug}`);
	await page.locator(`#c-${id}`).getByRole('link', { name: 'Reply' }).click();
	await body(page).fill('Half a thought');
	await open(page, '/');
	await open(page, `/articles/${slug}`);
	await expect(body(page)).toHaveValue('Half a thought');
	await expect(page.locator(`#c-${id} + .composer`)).toBeVisible();
	await page.getByRole('button', { name: 'Post' }).click();
	await expect(page.locator('.comment-body', { hasText: 'Half a thought' })).toBeVisible();
	await open(page, `/articles/${slug}`);
	await expect(body(page)).toHaveValue('');
});

test('the rest of a thread opens in its place, each reply under its parent', async ({ page }) => {
	const slug = await newArticle(editor);
	const root = await postByApi(ann, slug, 'The root.');
	const first = await postByApi(editor, slug, 'Reply 1.', root.id);
	for (let n = 2; n <= 6; n++) await postByApi(editor, slug, `Reply ${n}.`, root.id);
	await postByApi(ann, slug, 'An answer to reply 1.', first.id);
	await open(page, `/articles/${slug}`);
	const loads = countLoads(page);
	await page.getByRole('link', { name: 'Show 1 more reply' }).click();
	await expect(page.locator(`#c-${first.id} + .comment > .comment-body`)).toHaveText(
		'An answer to reply 1.'
	);
	await expect(page.locator('.more-replies')).toHaveCount(0);
	expect(loads()).toBe(0);
});

test('replies fold by a button that says so', async ({ page }) => {
	const slug = await newArticle(editor);
	const root = await postByApi(ann, slug, 'The root.');
	const reply = await postByApi(editor, slug, 'A reply.', root.id);
	await postByApi(ann, slug, 'A reply to it.', reply.id);
	await open(page, `/articles/${slug}`);
	const fold = page.locator(`#c-${root.id} .fold`);
	await expect(fold).toHaveAttribute('aria-expanded', 'true');
	await fold.click();
	await expect(page.locator('.comment:visible')).toHaveCount(1);
	await expect(fold).toHaveAttribute('aria-expanded', 'false');
	await fold.press('Enter');
	await expect(page.locator('.comment:visible')).toHaveCount(3);
});

test('the page that was chosen, light or dark, is remembered', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await open(page, '/help');
	const paper = () =>
		page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	const light = await paper();
	await page.getByRole('button', { name: 'Dark page' }).click();
	const dark = await paper();
	expect(dark).not.toBe(light);
	await open(page, '/');
	expect(await paper()).toBe(dark);
	await page.getByRole('button', { name: 'Light page' }).click();
	expect(await paper()).toBe(light);
});

test('what is new since the last visit is marked with a word', async ({ page }) => {
	const slug = await newArticle(editor);
	await postByApi(ann, slug, 'There before.');
	await open(page, `/articles/${slug}`);
	const { id } = await postByApi(ann, slug, 'There since.');
	await open(page, `/articles/${slug}`);
	await expect(page.locator('.fresh')).toHaveCount(1);
	await expect(page.locator(`#c-${id} .mark`)).toHaveText('New');
});

test('back leads to the same place in a thread that was opened', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const root = await postByApi(ann, slug, 'The root.');
	const replies: string[] = [];
	for (let n = 1; n <= 12; n++) {
		const words = `Reply ${n}. `.repeat(60);
		replies.push((await postByApi(n % 2 ? ann : editor, slug, words, root.id)).id);
	}
	await open(page, `/articles/${slug}`);
	await page.locator('.more-replies').click();
	const last = page.locator(`#c-${replies[11]}`);
	await last.evaluate((comment) => comment.scrollIntoView({ behavior: 'instant' }));
	const top = () => last.evaluate((comment) => Math.round(comment.getBoundingClientRect().top));
	const before = await top();
	await last.locator('.permalink').click();
	await expect(page).toHaveURL(/\/c\//);
	await page.goBack();
	await expect(last).toBeInViewport();
	await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(3);
});
