import type { Page } from '@playwright/test';
import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from './support/api.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect } from './support/site.ts';
import { write } from './support/writing.ts';

let editor: Client;
let ann: Client;
let bob: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	ann = await member(site, 'reader');
	bob = await signInNew(browser, site, 'reader');
});

test.afterAll(() => bob.page.context().close());

async function notify(page: Page, slug: string, id: string): Promise<void> {
	await page.goto(`/articles/${slug}`);
	await page.locator(`#c-${id} .menu summary`).click();
	await page.getByRole('link', { name: 'Report illegal content' }).click();
	await page.getByLabel('Why is it illegal?').fill('It calls for arson.');
	await page.getByLabel('Which law does it break?').fill('Incitement');
}

test('somebody without an account gives notice of illegal content, and reads what was decided', async ({
	page
}) => {
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Burn it down.');
	await notify(page, slug, id);
	await expect(page.getByLabel('Website')).not.toBeInViewport();
	await page.getByLabel('I believe in good faith').check();
	await page.getByRole('button', { name: 'Send the notice' }).click();
	await expect(page.getByRole('alert')).toContainText('your name');
	await expect(page.getByLabel('Why is it illegal?')).toHaveValue('It calls for arson.');
	await page.getByLabel('Your name').fill('Nora Nemo');
	await page.getByLabel('Your e-mail address').fill('nora@example.org');
	await page.getByRole('button', { name: 'Send the notice' }).click();
	await expect(page.getByRole('status')).toContainText('Keep the address of this page');
	await expect(page.locator('.facts')).toContainText('It calls for arson.');
	await expect(page.locator('.facts')).toContainText('Nobody has decided yet.');
	const receipt = page.url().replace('&sent=1', '');
	const json = { reason: 'It does.' };
	expect((await editor.call('POST', `/comments/${id}/remove`, { json })).status).toBe(200);
	await page.goto(receipt);
	await expect(page.getByRole('status')).toHaveCount(0);
	await expect(page.locator('.facts')).toContainText('A moderator agreed');
	await expect(page.getByText('settling disputes out of court')).toBeVisible();
	await page.goto(receipt.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
	await expect(page.getByRole('heading', { level: 1 })).not.toContainText('notice');
});

test('of the sexual abuse of children nobody need give a name', async ({ page }) => {
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Words.');
	await notify(page, slug, id);
	await page.getByLabel('You need not give a name').check();
	await page.getByLabel('I believe in good faith').check();
	await page.getByRole('button', { name: 'Send the notice' }).click();
	await expect(page.getByRole('status')).toContainText('has arrived');
});

test('a member says why it is illegal, and reads what became of it', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Burn it all down.');
	await page.goto(`/c/${id}/report`);
	await expect(page.getByLabel('Which law')).toBeHidden();
	await page.getByLabel('Illegal content').check();
	await page.getByLabel('Which law').fill('Incitement');
	await page.getByLabel('Anything to add?').fill('It calls for arson.');
	await page.getByRole('button', { name: 'Report it' }).click();
	await expect(page.getByRole('alert')).toContainText('confirm');
	await page.getByLabel('I believe in good faith').check();
	await page.getByRole('button', { name: 'Report it' }).click();
	await page.getByRole('link', { name: 'your reports' }).click();
	const row = page.locator('[data-report]').first();
	await expect(row).toContainText('Illegal content');
	await expect(row).toContainText('Nobody has decided yet.');
	expect((await editor.call('POST', `/comments/${id}/keep`, { json: {} })).status).toBe(200);
	await page.reload();
	await expect(row).toContainText('left the comment as it is');
});

test('what weighs enough is folded until a moderator keeps it', async ({ page }) => {
	const slug = await newArticle(editor);
	const id = await write(bob.page, slug, 'Loud words.');
	const json = { reason: 'abuse' };
	const answer = await editor.call('POST', `/comments/${id}/report`, { json });
	expect(answer.status).toBe(204);
	await page.goto(`/articles/${slug}`);
	const comment = page.locator(`#c-${id}`);
	await expect(comment).toContainText('Folded because readers reported it');
	await expect(comment.getByText('Loud words.')).toBeHidden();
	await comment.locator('summary', { hasText: 'Show' }).click();
	await expect(comment.getByText('Loud words.')).toBeVisible();
	await bob.page.goto(`/articles/${slug}`);
	await expect(bob.page.getByText('Loud words.')).toBeVisible();
	await expect(bob.page.locator(`#c-${id}`)).toContainText('Folded: readers reported it');
	expect((await editor.call('POST', `/comments/${id}/keep`, { json: {} })).status).toBe(200);
	await page.goto(`/articles/${slug}`);
	await expect(comment.getByText('Loud words.')).toBeVisible();
});
