import { createAccount, expect, signIn, test, unique } from './support/site.ts';

test('under guard the browser works before somebody signs up, and says so', async ({
	browser,
	page,
	site
}) => {
	const admin = await createAccount(site, unique('Somebody'), 'admin');
	const desk = await (await browser.newContext()).newPage();
	await signIn(desk, admin);
	const set = async (mode: string) => {
		await desk.goto('/admin/settings');
		await desk.getByLabel('Ask for proof of work').selectOption(mode);
		await desk.locator('form[action="?/guard"] button').click();
		await expect(desk.getByRole('status')).toBeVisible();
	};
	await set('always');
	const name = unique('Newcomer');
	await page.goto('/sign-up');
	await expect(page.locator('#work')).toHaveRole('status');
	await page.fill('main [name=name]', name);
	await page.fill('main [name=email]', `${Date.now()}@example.org`);
	await page.fill('main [name=password]', 'tern gannet fulmar skua');
	await page.getByRole('button', { name: 'Create the account' }).click();
	await expect(page.locator('.masthead')).toContainText(name);
	await set('automatic');
	await desk.context().close();
});
