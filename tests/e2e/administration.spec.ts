import type { Page } from '@playwright/test';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect } from './support/site.ts';

let admin: Someone;

test.beforeAll(async ({ browser, site }) => {
	admin = await signInNew(browser, site, 'admin');
});
test.afterAll(() => admin.page.context().close());

const PAGES = ['/admin', '/admin/roles', '/admin/settings', '/admin/security', '/admin/health'];

function setting(page: Page, heading: string) {
	return page.locator('.setting', { has: page.getByRole('heading', { name: heading }) });
}

test('the pages of administration lead to each other', async () => {
	const { page } = admin;
	await page.goto('/admin');
	for (const path of PAGES) {
		await page
			.getByRole('navigation', { name: 'Administration' })
			.locator(`[href="${path}"]`)
			.click();
		await expect(page).toHaveURL(path);
		await expect(page.locator('h1')).toHaveCount(1);
	}
});

test('the site is renamed everywhere, and who did it is kept', async ({ page: reader }) => {
	const { page } = admin;
	const name = `The Gazette <b>&amp; ${Date.now()}`;
	await page.goto('/admin/settings');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByRole('button', { name: 'Rename' }).click();
	await expect(page.getByRole('status')).toContainText('holds from now on');
	await expect(page.locator('.masthead-name')).toHaveText(name);
	await setting(page, 'Name of the site').locator('summary').click();
	await expect(setting(page, 'Name of the site')).toContainText(admin.name);
	await reader.goto('/');
	await expect(reader.locator('.masthead-name')).toHaveText(name);
	await page.goto('/admin/security?kind=setting.changed');
	await expect(page.locator('.act').first()).toContainText(`Setting changed by ${admin.name}`);
	await expect(page.locator('.act').first()).toContainText('site-name');
	await page.goto('/admin/settings');
	await page.getByLabel('Name', { exact: true }).fill(' ');
	await page.getByRole('button', { name: 'Rename' }).click();
	await expect(page.getByRole('alert')).toContainText('needs a name');
});

test('L6 security.txt says whom to tell, once somebody is named', async ({ request }) => {
	const { page } = admin;
	expect((await request.get('/.well-known/security.txt')).status()).toBe(404);
	await page.goto('/admin/settings');
	await page.getByLabel('E-mail address, or https').fill('security@paper.example');
	await setting(page, 'Security contact').getByRole('button', { name: 'Set' }).click();
	await expect(page.getByRole('status')).toBeVisible();
	const answer = await request.get('/.well-known/security.txt');
	expect(answer.headers()['content-type']).toBe('text/plain; charset=utf-8');
	const text = await answer.text();
	expect(text).toContain('Contact: mailto:security@paper.example\n');
	const expires = Date.parse(/^Expires: (.+)$/m.exec(text)![1]);
	const days = (expires - Date.now()) / (24 * 60 * 60 * 1000);
	expect(days).toBeGreaterThan(30);
	expect(days).toBeLessThan(365);
});

test('the doctor is at home on a page, without secrets', async () => {
	const { page } = admin;
	await page.goto('/admin/health');
	await expect(page.locator('[data-check="integrity"]')).toHaveAttribute('data-state', 'ok');
	await expect(page.locator('[data-check="request"]')).toHaveAttribute('data-state', 'ok');
	await expect(page.locator('[data-check="mail"]')).toContainText('Set MAIL_URL');
});

test('roles and limits stand in the help, for everybody', async ({ page }) => {
	await page.goto('/help');
	await page.getByRole('link', { name: 'Who may do what' }).click();
	await expect(page.getByRole('row', { name: /^Post, reply and quote/ })).toContainText('yes');
	await page.goto('/help/limits');
	await expect(page.locator('[data-limit="post"]')).toContainText('60 at once');
});
