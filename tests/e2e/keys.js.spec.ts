import type { Page } from '@playwright/test';
import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from './support/api.ts';
import { open } from './support/pages.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect } from './support/site.ts';

let editor: Client;
let bob: Someone;
let slug: string;
/** Ids: a root with three replies, the third to the first, and another root. */
let ids: string[];

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	bob = await signInNew(browser, site, 'reader');
	slug = await newArticle(editor);
	const say = async (words: string, parent?: string) =>
		(await post(editor, slug, words, parent)).id;
	const root = await say('The root.');
	const first = await say('The first reply.', root);
	const second = await say('The second reply.', root);
	const third = await say('An answer to the first.', first);
	ids = [root, first, third, second, await say('Another root.')];
});

test.afterAll(() => bob.page.context().close());

function at(page: Page, index: number) {
	return page.locator(`#c-${ids[index]}`);
}

test('j and k walk, u leads up, b back, and c folds', async ({ page }) => {
	await open(page, `/articles/${slug}`);
	for (const index of [0, 1, 2, 3]) {
		await page.keyboard.press('j');
		await expect(at(page, index)).toBeFocused();
	}
	await expect(at(page, 3)).toHaveCSS('outline-style', 'solid');
	await page.keyboard.press('k');
	await expect(at(page, 2)).toBeFocused();
	await page.keyboard.press('j');
	await page.keyboard.press('u');
	await expect(at(page, 0)).toBeFocused();
	await page.keyboard.press('b');
	await expect(at(page, 3)).toBeFocused();

	await page.keyboard.press('c');
	await expect(at(page, 0)).toBeFocused();
	await expect(page.locator('.comment:visible')).toHaveCount(2);
	await page.keyboard.press('j');
	await expect(at(page, 4), 'what is folded is passed over').toBeFocused();
	await page.keyboard.press('k');
	await page.keyboard.press('c');
	await expect(page.locator('.comment:visible')).toHaveCount(5);
});

test('the same by pointing: up to the parent, and back', async ({ page }) => {
	await open(page, `/articles/${slug}`);
	await at(page, 3).getByRole('link', { name: 'To the comment it answers' }).click();
	await expect(at(page, 0)).toBeFocused();
	await at(page, 0).getByRole('button', { name: 'Back' }).click();
	await expect(at(page, 3)).toBeFocused();
	await expect(page.getByRole('button', { name: 'Back' })).toHaveCount(0);
});

test('r replies, q quotes, and keys are letters where somebody writes', async () => {
	const { page } = bob;
	await open(page, `/articles/${slug}`);
	await page.keyboard.press('j');
	await page.keyboard.press('j');
	await page.keyboard.press('r');
	const box = page.locator(`#c-${ids[1]} + .composer [name=body]`);
	await expect(box).toBeFocused();
	await page.keyboard.type('jk?');
	await expect(box).toHaveValue('jk?');
	await box.fill('');
	await box.blur();
	await page.keyboard.press('q');
	await expect(box).toHaveValue(/> The first reply\.\n\n$/);
	await page.keyboard.press('Control+j');
	await box.fill('');
});

test('the list of keys opens by key and button, and switches them off', async ({ page }) => {
	await open(page, `/articles/${slug}`);
	await page.keyboard.press('?');
	const list = page.getByRole('dialog', { name: 'Keys' });
	await expect(list).toBeVisible();
	await list.getByLabel('Use these keys').uncheck();
	await page.keyboard.press('Escape');
	await expect(list).toBeHidden();
	await page.reload();
	await page.keyboard.press('j');
	await expect(page.locator('.comment.at')).toHaveCount(0);
	await page.getByRole('button', { name: 'Keys', exact: true }).click();
	await list.getByLabel('Use these keys').check();
	await list.getByRole('button', { name: 'Close' }).click();
	await page.keyboard.press('j');
	await expect(at(page, 0)).toBeFocused();
});

test('n and its button lead through what is new, which a reload does not lose', async ({
	page
}) => {
	const fresh = await newArticle(editor);
	const before = await post(editor, fresh, 'There before.');
	await open(page, `/articles/${fresh}`);
	const reply = await post(editor, fresh, 'New, one.', before.id);
	const root = await post(editor, fresh, 'New, two.');
	for (let visit = 1; visit <= 2; visit++) {
		await open(page, `/articles/${fresh}`);
		await expect(page.locator('.mark-new')).toHaveCount(2);
		await page.keyboard.press('n');
		await expect(page.locator(`#c-${reply.id}`)).toBeFocused();
		await page.getByRole('button', { name: 'Next new (2)' }).click();
		await expect(page.locator(`#c-${root.id}`)).toBeFocused();
		await page.keyboard.press('n');
		await expect(page.locator(`#c-${reply.id}`)).toBeFocused();
	}
	// As if the reader came back tomorrow.
	await page.evaluate(() => {
		const key = `seen:${location.pathname}`;
		addEventListener('pagehide', () => {
			const past = Date.now() - 3_600_000;
			localStorage.setItem(key, JSON.stringify({ since: past, at: Date.now() - 1_900_000 }));
		});
	});
	await page.reload();
	await expect(page.locator('.mark-new')).toHaveCount(3);
});
